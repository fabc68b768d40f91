namespace Trunkline.Architecture.Tests.Walls;

/// <summary>The phases of Trunkline.Compiler, in the order in which a file passes through them.</summary>
internal static class CompilerRooms
{
    public static readonly Rooms Rooms = new(
        "Trunkline.Compiler",
        InnermostFirst: ["Sources", "Diagnostics", "Lexing", "Syntax", "WellKnown", "Parsing", "Linking", "Options", "Features", "Validation", "Building", "Generators", "Plugins"],
        Beside: [],
        Allowed:
        [
            new("Diagnostics", "Sources", "a diagnostic points at a span"),
            new("Lexing", "Sources", "tokens are cut from a source file"),
            new("Lexing", "Diagnostics", "what is no token is reported"),
            new("Syntax", "Sources", "each node knows its span"),
            new("Syntax", "Lexing", "leaves of the tree are tokens"),
            new("WellKnown", "Sources", "the embedded declarations are a source of files"),
            new("Parsing", "Sources", "a parser reads one file"),
            new("Parsing", "Diagnostics", "what does not parse is reported"),
            new("Parsing", "Lexing", "a parser reads tokens"),
            new("Parsing", "Syntax", "parsing yields a tree"),
            new("Linking", "Sources", "imports are found under the roots"),
            new("Linking", "Diagnostics", "what cannot be resolved is reported"),
            new("Linking", "Lexing", "the place of a token, and of a byte that is not UTF-8"),
            new("Linking", "Syntax", "linking walks the trees"),
            new("Linking", "Parsing", "an imported file is parsed when it is met"),
            new("Linking", "WellKnown", "google/protobuf/*.proto is found without a file on disk"),
            new("Options", "Sources", "an option that fails names its place"),
            new("Options", "Diagnostics", "an option that cannot be interpreted is reported"),
            new("Options", "Lexing", "option values are tokens"),
            new("Options", "Syntax", "options stand in the tree"),
            new("Options", "Linking", "an option's name is resolved to an extension"),
            new("Features", "Linking", "features hang on symbols; descriptor.proto's symbols say what the defaults are"),
            new("Validation", "Sources", "a broken rule names its place"),
            new("Validation", "Diagnostics", "a broken rule is reported"),
            new("Validation", "Lexing", "some rules look at how a literal was written"),
            new("Validation", "Syntax", "rules walk the tree"),
            new("Validation", "Linking", "rules ask what a name stands for"),
            new("Validation", "Options", "some rules depend on options"),
            new("Building", "Sources", "source info counts lines and columns"),
            new("Building", "Diagnostics", "what cannot be built is reported"),
            new("Building", "Lexing", "comments and literals become source info and values"),
            new("Building", "Syntax", "descriptors are built from the tree"),
            new("Building", "Linking", "type names are resolved"),
            new("Building", "Options", "options are interpreted into descriptors"),
            new("Plugins", "Generators", "an external plugin stands behind the generators' seam"),
            new("Plugins", "Diagnostics", "a plugin that fails is reported"),
        ],
        Pairs: []);
}
