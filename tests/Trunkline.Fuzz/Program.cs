using Trunkline.Fuzz.Running;

const string Usage = """
    Fuzz targets for the HTTP/2 engine (hpack, frames, server, client) and the compiler (compiler, dynamic); `all` takes each for its share of the time.

      run TARGET --seconds N [options]     fuzzes; exit code 1 when something was found
      run TARGET --replay FILE             runs one input and tells what happens
      distill TARGET --corpus DIR          drops the inputs of a corpus that show nothing of their own

      --seed S          where the random numbers begin; 1 by default. Same seed, corpus and code: same executions
      --corpus DIR      inputs to begin with, in DIR/TARGET
      --keep DIR        where inputs with a new outcome are written, in DIR/TARGET; nowhere by default
      --findings DIR    where findings are written; artifacts/fuzz by default
      --log FILE        appends a line a minute and a summary; the console has them anyway
      --state FILE      remembers how far the run is: started again, it goes on, and N counts from its first start
    """;

if (!RunOptions.TryParse(args, out RunOptions? options, out string problem))
{
    Console.Error.WriteLine(problem + Environment.NewLine + Usage);
    return 2;
}

// From here on everything happens on the pool's one thread.
return await Task.Run(() => FuzzProgram.RunAsync(options));
