using Trunkline.Compiler.Generators.CSharp.Fields;
using Trunkline.Compiler.Generators.Writing;

namespace Trunkline.Compiler.Generators.CSharp;

/// <summary>Writes the class of a message, and those declared inside it.</summary>
internal sealed class MessageWriter(FileContext file, MessageModel model, CodeWriter writer)
{
    // Field numbers in descriptor.proto that lead from a message to its parts.
    private const int NestedTypePath = 3;
    private const int EnumTypePath = 4;
    private const int ExtensionPath = 6;

    private string Name => model.Name;

    private bool IsExtendable => model.Entry.Message.ExtensionRanges.Count > 0;

    /// <summary>Writes it all.</summary>
    public void Write()
    {
        if (!file.Comments.WriteSummary(writer, model.Path))
        {
            writer.Line($"/// <summary>The message \"{model.Entry.Message.Name}\".</summary>");
        }

        WriteClassAttributes();
        using (writer.Block($"{file.Options.Access} sealed partial class {Name} : pb::{(IsExtendable ? "IExtendableMessage" : "IMessage")}<{Name}>, pb::IBufferMessage"))
        {
            WriteStatics();
            WriteConstructors();
            foreach (var field in model.Fields)
            {
                field.WriteMembers(writer);
            }

            foreach (var oneof in model.Oneofs)
            {
                WriteOneof(oneof);
            }

            if (IsExtendable)
            {
                ExtensionMembers.Write(Name, file.Maybe, writer);
            }

            WriteEquality();
            WriteSerialization();
            WriteMergeFromMessage();
            WriteParsing();
            WriteNestedTypes();
            WriteExtensions();
        }

        writer.Line();
    }

    private void WriteIfExtendable(string line)
    {
        if (IsExtendable)
        {
            writer.Line(line);
        }
    }

    private void WriteClassAttributes()
    {
        if (model.IsDeprecated)
        {
            writer.Line("[global::System.Obsolete]");
        }

        if (file.Options.Serializable)
        {
            writer.Line("[global::System.Serializable]");
        }

        writer.Line("[global::System.Diagnostics.DebuggerDisplay(\"{ToString(),nq}\")]");
    }

    private void WriteStatics()
    {
        var descriptor = model.Entry.Parent is { } parent
            ? $"{parent.TypeName}.Descriptor.NestedTypes[{model.Entry.Index}]"
            : $"{file.Qualify(file.ReflectionName)}.Descriptor.MessageTypes[{model.Entry.Index}]";
        writer.Lines($$"""
            private static readonly pb::MessageParser<{{Name}}> _parser = new pb::MessageParser<{{Name}}>(() => new {{Name}}());
            private pb::UnknownFieldSet{{file.Maybe}} _unknownFields;
            """);
        WriteIfExtendable($"private pb::ExtensionSet<{Name}>{file.Maybe} _extensions;");

        // The runtime looks for this property by its name, to find out whether required fields are set.
        WriteIfExtendable($"private pb::ExtensionSet<{Name}>{file.Maybe} _Extensions {{ get {{ return _extensions; }} }}");
        for (var bit = 0; bit < model.Bits; bit += 32)
        {
            writer.Line($"private uint {OptionalField.BitFieldName(bit)};");
        }

        writer.Lines($$"""

            /// <summary>Reads messages of this type.</summary>
            {{FieldShape.NonUserCode}}
            public static pb::MessageParser<{{Name}}> Parser { get { return _parser; } }

            /// <summary>The descriptor of this type.</summary>
            {{FieldShape.NonUserCode}}
            public static pbr::MessageDescriptor Descriptor { get { return {{descriptor}}; } }

            {{FieldShape.NonUserCode}}
            pbr::MessageDescriptor pb::IMessage.Descriptor { get { return Descriptor; } }

            """);
    }

    private void WriteConstructors()
    {
        writer.Lines($$"""
            /// <summary>Makes an empty message.</summary>
            {{FieldShape.NonUserCode}}
            public {{Name}}()
            {
                OnConstruction();
            }

            partial void OnConstruction();

            /// <summary>Makes a deep copy.</summary>
            {{FieldShape.NonUserCode}}
            """);
        using (writer.Block($"public {Name}({Name} other) : this()"))
        {
            for (var bit = 0; bit < model.Bits; bit += 32)
            {
                writer.Line($"{OptionalField.BitFieldName(bit)} = other.{OptionalField.BitFieldName(bit)};");
            }

            foreach (var field in PlainFields())
            {
                field.WriteCopy(writer);
            }

            WriteOneofSwitches(field => field.WriteCopy(writer));
            writer.Line("_unknownFields = pb::UnknownFieldSet.Clone(other._unknownFields);");
            WriteIfExtendable("_extensions = pb::ExtensionSet.Clone(other._extensions);");
        }

        writer.Lines($$"""

            /// <summary>A deep copy.</summary>
            {{FieldShape.NonUserCode}}
            public {{Name}} Clone()
            {
                return new {{Name}}(this);
            }

            """);
    }

    private IEnumerable<FieldShape> PlainFields() => model.Fields.Where(field => field is not OneofField);

    private IEnumerable<FieldShape> FieldsByNumber() => model.Fields.OrderBy(field => field.Context.Number);

    private void WriteOneofSwitches(Action<OneofField> writeCase)
    {
        foreach (var oneof in model.Oneofs)
        {
            using (writer.Block($"switch (other.{oneof.Context.CaseStorage})"))
            {
                foreach (var field in oneof.Fields)
                {
                    writer.Line($"case {field.Case}:");
                    using (writer.Indent())
                    {
                        writeCase(field);
                        writer.Line("break;");
                    }
                }
            }
        }
    }

    private void WriteOneof(OneofModel oneof)
    {
        var context = oneof.Context;
        writer.Line($"private object{file.Maybe} {context.Storage};");
        writer.Line();
        writer.Line($"/// <summary>The fields of the oneof \"{context.Oneof.Name}\".</summary>");
        using (writer.Block($"public enum {context.EnumName}"))
        {
            writer.Line("/// <summary>No field is set.</summary>");
            writer.Line("None = 0,");
            foreach (var field in oneof.Fields)
            {
                writer.Line($"/// <summary>The field \"{field.Context.Field.Name}\".</summary>");
                writer.Line($"{field.CaseName} = {field.Context.Number},");
            }
        }

        writer.Lines($$"""

            private {{context.EnumName}} {{context.CaseStorage}} = {{context.EnumName}}.None;

            """);
        if (!file.Comments.WriteSummary(writer, context.Path))
        {
            writer.Line($"/// <summary>Which field of the oneof \"{context.Oneof.Name}\" is set.</summary>");
        }

        writer.Lines($$"""
            {{FieldShape.NonUserCode}}
            public {{context.EnumName}} {{context.Name}}Case { get { return {{context.CaseStorage}}; } }

            /// <summary>Clears the oneof "{{context.Oneof.Name}}".</summary>
            {{FieldShape.NonUserCode}}
            public void Clear{{context.Name}}()
            {
                {{context.CaseStorage}} = {{context.EnumName}}.None;
                {{context.Storage}} = null;
            }

            """);
    }

    private void WriteEquality()
    {
        writer.Lines($$"""
            /// <summary>Whether the other object is an equal message of this type.</summary>
            {{FieldShape.NonUserCode}}
            public override bool Equals(object{{file.Maybe}} other)
            {
                return Equals(other as {{Name}});
            }

            /// <summary>Whether the other message has the same fields, unknown ones included.</summary>
            {{FieldShape.NonUserCode}}
            """);
        using (writer.Block($"public bool Equals({Name}{file.Maybe} other)"))
        {
            writer.Line("if (ReferenceEquals(other, null)) return false;");
            writer.Line("if (ReferenceEquals(other, this)) return true;");
            foreach (var field in model.Fields)
            {
                writer.Line($"if ({field.Differ}) return false;");
            }

            foreach (var oneof in model.Oneofs)
            {
                writer.Line($"if ({oneof.Context.CaseStorage} != other.{oneof.Context.CaseStorage}) return false;");
            }

            WriteIfExtendable("if (!Equals(_extensions, other._extensions)) return false;");
            writer.Line("return Equals(_unknownFields, other._unknownFields);");
        }

        writer.Lines($$"""

            /// <summary>A hash of all fields.</summary>
            {{FieldShape.NonUserCode}}
            """);
        using (writer.Block("public override int GetHashCode()"))
        {
            writer.Line("int hash = 1;");
            foreach (var field in model.Fields)
            {
                field.WriteHash(writer);
            }

            foreach (var oneof in model.Oneofs)
            {
                writer.Line($"hash ^= (int){oneof.Context.CaseStorage};");
            }

            WriteIfExtendable("if (_extensions != null) hash ^= _extensions.GetHashCode();");
            writer.Line("if (_unknownFields != null) hash ^= _unknownFields.GetHashCode();");
            writer.Line("return hash;");
        }

        writer.Lines($$"""

            /// <summary>The message as JSON, for people to read.</summary>
            {{FieldShape.NonUserCode}}
            public override string ToString()
            {
                return pb::JsonFormatter.ToDiagnosticString(this);
            }

            """);
    }

    private void WriteSerialization()
    {
        writer.Lines($$"""
            /// <summary>Writes the message in wire form.</summary>
            {{FieldShape.NonUserCode}}
            public void WriteTo(pb::CodedOutputStream output)
            {
                output.WriteRawMessage(this);
            }

            {{FieldShape.NonUserCode}}
            """);
        using (writer.Block("void pb::IBufferMessage.InternalWriteTo(ref pb::WriteContext output)"))
        {
            foreach (var field in FieldsByNumber())
            {
                field.WriteSerialize(writer);
            }

            WriteIfExtendable("if (_extensions != null) _extensions.WriteTo(ref output);");
            writer.Line("if (_unknownFields != null) _unknownFields.WriteTo(ref output);");
        }

        writer.Lines($$"""

            /// <summary>Bytes of the message in wire form.</summary>
            {{FieldShape.NonUserCode}}
            """);
        using (writer.Block("public int CalculateSize()"))
        {
            writer.Line("int size = 0;");
            foreach (var field in FieldsByNumber())
            {
                field.WriteSize(writer);
            }

            WriteIfExtendable("if (_extensions != null) size += _extensions.CalculateSize();");
            writer.Line("if (_unknownFields != null) size += _unknownFields.CalculateSize();");
            writer.Line("return size;");
        }

        writer.Line();
    }

    private void WriteMergeFromMessage()
    {
        writer.Line("/// <summary>Takes over what is set in the other message.</summary>");
        writer.Line(FieldShape.NonUserCode);
        using (writer.Block($"public void MergeFrom({Name}{file.Maybe} other)"))
        {
            writer.Line("if (other == null) return;");
            foreach (var field in PlainFields())
            {
                field.WriteMerge(writer);
            }

            WriteOneofSwitches(field => field.WriteMerge(writer));
            WriteIfExtendable("pb::ExtensionSet.MergeFrom(ref _extensions, other._extensions);");
            writer.Line("_unknownFields = pb::UnknownFieldSet.MergeFrom(_unknownFields, other._unknownFields);");
        }

        writer.Line();
    }

    private void WriteParsing()
    {
        writer.Lines($$"""
            /// <summary>Reads fields in wire form on top of what is set.</summary>
            {{FieldShape.NonUserCode}}
            public void MergeFrom(pb::CodedInputStream input)
            {
                input.ReadRawMessage(this);
            }

            {{FieldShape.NonUserCode}}
            """);
        using (writer.Block("void pb::IBufferMessage.InternalMergeFrom(ref pb::ParseContext input)"))
        {
            writer.Line("uint tag;");
            using (writer.Block("while ((tag = input.ReadTag()) != 0)"))
            {
                // The end of a group that this message did not open ends the message.
                writer.Line("if ((tag & 7) == 4) return;");
                using (writer.Block("switch (tag)"))
                {
                    foreach (var field in FieldsByNumber())
                    {
                        WriteParseCase(field);
                    }

                    writer.Line("default:");
                    using (writer.Indent())
                    {
                        WriteIfExtendable("if (pb::ExtensionSet.TryMergeFieldFrom(ref _extensions, ref input)) break;");
                        writer.Line("_unknownFields = pb::UnknownFieldSet.MergeFieldFrom(_unknownFields, ref input);");
                        writer.Line("break;");
                    }
                }
            }
        }

        writer.Line();
    }

    private void WriteParseCase(FieldShape field)
    {
        foreach (var tag in field.Tags)
        {
            writer.Line($"case {tag}:");
        }

        using (writer.Indent())
        using (writer.Block())
        {
            field.WriteParse(writer);
            writer.Line("break;");
        }
    }

    private void WriteNestedTypes()
    {
        var messages = file.Types.MessagesOf(model.Entry).Where(entry => !entry.IsMapEntry).ToArray();
        var enums = file.Types.EnumsOf(model.Entry).ToArray();
        if (messages.Length + enums.Length == 0)
        {
            return;
        }

        writer.Line($"/// <summary>The types declared inside \"{model.Entry.Message.Name}\".</summary>");
        writer.Line(FieldShape.NonUserCode);
        using (writer.Block("public static partial class Types"))
        {
            for (var index = 0; index < enums.Length; index++)
            {
                EnumWriter.Write(file, enums[index], DocComments.Child(model.Path, EnumTypePath, index), writer);
            }

            foreach (var nested in messages)
            {
                new MessageWriter(file, new MessageModel(nested, DocComments.Child(model.Path, NestedTypePath, nested.Index), file), writer).Write();
            }
        }

        writer.Line();
    }

    private void WriteExtensions()
    {
        if (model.Entry.Message.Extensions.Count > 0)
        {
            writer.Line($"/// <summary>The extensions of other messages declared inside \"{model.Entry.Message.Name}\".</summary>");
            writer.Line(FieldShape.NonUserCode);
            new ExtensionWriter(file, writer).Write("public", "Extensions", file.Types.ExtensionsOf(model.Entry), model.Path, ExtensionPath);
        }
    }
}
