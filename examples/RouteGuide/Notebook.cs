using System.Globalization;
using Trunkline;

namespace Routes;

/// <summary>Writes down what the calls brought, and which of them went well.</summary>
internal sealed class Notebook(TextWriter output)
{
    public int Calls { get; private set; }

    public int Successes { get; private set; }

    /// <summary>Makes one call under a heading. A failure is written down and does not end the tour.</summary>
    public async Task CallAsync(string heading, Func<Task> call)
    {
        await output.WriteLineAsync($"{heading}");
        Calls++;
        try
        {
            await call();
            Successes++;
        }
        catch (RpcException exception)
        {
            await output.WriteLineAsync($"  FAILED with {exception.StatusCode}: {exception.Status.Detail}");
        }
        catch (UnexpectedAnswerException exception)
        {
            await output.WriteLineAsync($"  FAILED: {exception.Message}");
        }

        await output.WriteLineAsync();
    }

    public void Write(Feature feature)
        => output.WriteLine($"  {(feature.Name.Length == 0 ? "nothing known" : feature.Name)} at {feature.Location.ToText()}");

    public void Write(RouteNote note) => output.WriteLine($"  \"{note.Message}\" at {note.Location.ToText()}");

    public void Write(RouteSummary summary) => output.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"  {summary.PointCount} points, {summary.FeatureCount} of them known places, {summary.Distance / 1000.0:N1} km, {summary.ElapsedTime} s on the way"));

    /// <summary>Throws if an answer is not what it must be.</summary>
    public static void Expect(bool condition, string rule)
    {
        if (!condition)
        {
            throw new UnexpectedAnswerException($"It does not hold that {rule}.");
        }
    }
}
