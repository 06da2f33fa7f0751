// SPDX-License-Identifier: MIT
// Signature strings of host functions, such as (i*~)i: see NanoRuntime.DefineFunction.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;
using Wamr.Nano.Core.Run;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano;

internal static class HostSignature
{
    private static readonly Dictionary<char, ValType> Types = new()
    {
        ['i'] = ValType.I32, ['I'] = ValType.I64, ['f'] = ValType.F32, ['F'] = ValType.F64, ['r'] = ValType.ExternRef,
        ['n'] = ValType.FuncRef,
        ['*'] = ValType.I32, ['~'] = ValType.I32, ['$'] = ValType.I32,
    };

    /// <exception cref="ArgumentException">It is not of the form <c>(i*~$)i</c>.</exception>
    internal static (ValType[] Parameters, ValType[] Results) Parse(string signature)
    {
        ArgumentNullException.ThrowIfNull(signature);
        Match match = Regex.Match(signature, @"^\(([iIfFrn$]|\*~?)*\)([iIfFrn]*)\z");
        if (!match.Success)
        {
            throw new ArgumentException(
                $"'{Printable.Text(signature)}' is no signature such as (iI)f or (i*~$)i: parameters of the letters iIfFrn$ * or *~, "
                + "and results of the letters iIfFrn", nameof(signature));
        }
        return (Of(signature[1..signature.IndexOf(')', StringComparison.Ordinal)]), Of(match.Groups[2].Value));

        static ValType[] Of(IEnumerable<char> letters) => [.. letters.Select(letter => Types[letter])];
    }

    /// <summary>The signature of a type, in the letters of plain values.</summary>
    internal static string Of(WasmFunctionType type) => $"({Letters(type.Parameters)}){Letters(type.Results)}";

    /// <summary>The signature of the newest host function with an import's name; null if there is none.</summary>
    internal static unsafe string? Find(Core.Run.Runtime* runtime, NanoImport import)
    {
        byte[] module = Encoding.UTF8.GetBytes(import.Module), name = Encoding.UTF8.GetBytes(import.Name);
        fixed (byte* m = module, n = name)
        {
            for (HostGroup* group = runtime->HostGroups; group != null; group = group->Next)
            {
                if (group->ModuleName == null || !HostFuncs.NameEquals(group->ModuleName, m, (uint)module.Length)) continue;
                for (HostFunc* row = group->Functions; row != group->Functions + group->Count; row++)
                    if (row->Name != null && HostFuncs.NameEquals(row->Name, n, (uint)name.Length))
                        return Marshal.PtrToStringUTF8((nint)row->Signature);
            }
        }
        return null;
    }

    private static string Letters(IEnumerable<WasmType> types) =>
        string.Concat(types.Select(type => Types.First(pair => pair.Value == (ValType)type).Key));
}
