// SPDX-License-Identifier: MIT
// Methods, fields and constant data as the translator sees them.
using System.Collections.Generic;
using System.Reflection.Metadata;

namespace Wamr.Nano.IlToC;

internal sealed class Method(MethodDefinitionHandle handle, string key)
{
    internal MethodDefinitionHandle Handle { get; } = handle;

    /// <summary>Full C# name with type arguments: unique, and what refusals print.</summary>
    internal string Key { get; } = key;
    internal string CName { get; set; } = "";
    internal required string FullName { get; init; }
    internal required string Name { get; init; }
    internal required IlType Owner { get; init; }
    internal required string OwnerName { get; init; }
    internal required TypeArguments Arguments { get; init; }
    internal required IlType Result { get; init; }

    /// <summary>Parameters in order; the first of an instance method is the pointer to its struct.</summary>
    internal required IReadOnlyList<IlType> Parameters { get; init; }
    internal required IReadOnlyList<string> ParameterNames { get; init; }
    internal required bool IsInstance { get; init; }
    internal required bool IsVirtual { get; init; }
    internal required int BodyAddress { get; init; }

    /// <summary>Name C code calls it by, of an [UnmanagedCallersOnly] method.</summary>
    internal string? Export { get; init; }

    /// <summary>C symbol that supplies it, of a [DllImport] method.</summary>
    internal string? Import { get; init; }
    internal bool AlwaysInline { get; init; }
    internal bool NeverInline { get; init; }
    internal bool IsDispatchLoop { get; init; }

    /// <summary>Inlined into a dispatch loop, where speed is more important than size.</summary>
    internal bool IsPartOfLoop { get; set; }
    internal bool AllowsRecursion { get; init; }

    /// <summary>C code outside the file may call it: an export, or a requested root.</summary>
    internal bool IsPublic { get; set; }

    internal FunctionType Type => new(Result, Parameters);
}

internal sealed record Field(FieldDefinitionHandle Handle, string Name, IlType Type, IlType Owner, bool IsStatic, bool IsLiteral, int Rva)
{
    /// <summary>Byte offset in an explicit layout; -1 otherwise.</summary>
    internal int Offset { get; init; } = -1;
}

/// <summary>Constant bytes of the assembly: they go to .rodata.</summary>
internal sealed record ConstantData(string Key, byte[] Bytes)
{
    internal string CName { get; set; } = "";
}
