namespace Trunkline.Architecture.Tests.Walls;

/// <summary>The rooms of Trunkline.Descriptors: the model of descriptor.proto, one room a topic, and what is built on it.</summary>
internal static class DescriptorsRooms
{
    public static readonly Rooms Rooms = new(
        "Trunkline.Descriptors",
        InnermostFirst: ["Wire", "Features", "Options", "SourceInfo", "Enums", "Services", "Messages", "Files", "Plugins", "Schemas", "Dynamic", "Text", "Json"],
        Beside: [],
        Allowed:
        [
            new("Features", "Wire", "each message of the model reads and writes itself"),
            new("Options", "Wire", "each message of the model reads and writes itself"),
            new("SourceInfo", "Wire", "each message of the model reads and writes itself"),
            new("Enums", "Wire", "each message of the model reads and writes itself"),
            new("Services", "Wire", "each message of the model reads and writes itself"),
            new("Messages", "Wire", "each message of the model reads and writes itself"),
            new("Files", "Wire", "each message of the model reads and writes itself"),
            new("Plugins", "Wire", "each message of the model reads and writes itself"),
            new("Options", "Features", "features stand among the options of an element"),
            new("Enums", "Options", "an enum and its values have options"),
            new("Enums", "Features", "an enum has a visibility"),
            new("Services", "Options", "a service and its methods have options"),
            new("Messages", "Options", "a message, its fields, oneofs and ranges have options"),
            new("Messages", "Enums", "a message may declare enums"),
            new("Messages", "Features", "a message has a visibility"),
            new("Files", "Options", "a file has options"),
            new("Files", "Features", "a file has an edition"),
            new("Files", "SourceInfo", "a file may carry places and comments"),
            new("Files", "Enums", "a file declares enums"),
            new("Files", "Services", "a file declares services"),
            new("Files", "Messages", "a file declares messages"),
            new("Plugins", "Files", "a plugin is given files"),
            new("Plugins", "Features", "a plugin says which editions it takes"),
            new("Plugins", "SourceInfo", "a generated file may say where it comes from"),
            new("Schemas", "Wire", "a field's type decides its layout"),
            new("Schemas", "Features", "features are worked out for every element"),
            new("Schemas", "Options", "map entries, message sets and packed fields are marked by options"),
            new("Schemas", "Enums", "enums are linked"),
            new("Schemas", "Messages", "messages, fields and oneofs are linked"),
            new("Schemas", "Files", "files are what is linked"),
            new("Dynamic", "Wire", "messages are read and written"),
            new("Dynamic", "Messages", "how a value is read depends on its field's type"),
            new("Dynamic", "Schemas", "a message has a type"),
            new("Text", "Wire", "unknown fields are printed out of their wire form"),
            new("Text", "Options", "a deprecated field is warned of"),
            new("Text", "Messages", "names of groups and items depend on their fields' types"),
            new("Text", "Schemas", "names are looked up in the type"),
            new("Text", "Dynamic", "messages are printed and parsed"),
            new("Json", "Messages", "an error names the field's type"),
            new("Json", "Schemas", "names are looked up in the type"),
            new("Json", "Dynamic", "messages are printed and parsed"),
            new("Json", "Text", "what an Any holds is found in the same way; floats are rounded alike"),
        ],
        Pairs:
        [
            new("Schemas", "Dynamic", "the default of a field is a value"),
            new("Schemas", "Text", "the default of bytes is escaped as text is"),
            new("Dynamic", "Text", "a message shows itself in text form"),
        ]);
}
