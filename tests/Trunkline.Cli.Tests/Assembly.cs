// A command line is read in a working directory, of which a process has one: these tests run one after another.
[assembly: Xunit.CollectionBehavior(DisableTestParallelization = true)]
