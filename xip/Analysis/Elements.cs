// SPDX-License-Identifier: MIT
// Element segments and constant expressions, as far as their values do not depend on an instance.
using System.Collections.Generic;

namespace Wamr.Nano.Xip.Analysis;

internal static unsafe class Elements
{
    /// <summary>The functions of a segment, null for a null element. The result is null if an element depends on the instance.</summary>
    internal static uint?[]? Items(Module* module, uint segment)
    {
        ByteReader r;
        ElemSegment s;
        ElemSegments.Get(module, segment, &r, &s);
        uint?[] items = new uint?[s.Count];
        for (uint n = 0; n < s.Count; n++)
        {
            if (!s.Expressions) items[n] = Read.U32(&r);
            else if (!Reference(module, &r, out items[n])) return null;
        }
        return items;
    }

    /// <summary>All functions a segment names.</summary>
    internal static IEnumerable<uint> FunctionsOf(Module* module, uint segment)
    {
        ByteReader r;
        ElemSegment s;
        ElemSegments.Get(module, segment, &r, &s);
        List<uint> functions = [];
        for (uint n = 0; n < s.Count; n++)
        {
            if (!s.Expressions) functions.Add(Read.U32(&r));
            else functions.AddRange(FunctionsIn(module, &r));
        }
        return functions;
    }

    /// <summary>Functions the expression at an offset of the module names.</summary>
    internal static IEnumerable<uint> FunctionsIn(Module* module, uint expression)
    {
        ByteReader r = Read.Over(module->Bytes, module->Bytes + expression, module->Bytes + module->Size);
        return FunctionsIn(module, &r);
    }

    /// <summary>The value of the expression at an offset of the module, if it is one i32.const.</summary>
    internal static bool Constant(Module* module, uint expression, out uint value)
    {
        ByteReader r = Read.Over(module->Bytes, module->Bytes + expression, module->Bytes + module->Size);
        Instr constant = default, end = default;
        InstrReader.Next(&r, &constant, Features.All);
        InstrReader.Next(&r, &end, Features.All);
        value = (uint)constant.Bits;
        return constant.Op == Opcode.I32Const && end.Op == Opcode.End;
    }

    private static bool Reference(Module* module, ByteReader* r, out uint? function)
    {
        Instr value = default, end = default;
        InstrReader.Next(r, &value, Features.All);
        InstrReader.Next(r, &end, Features.All);
        function = value.Op == Opcode.RefFunc ? value.A : null;
        return value.Op is Opcode.RefFunc or Opcode.RefNull && end.Op == Opcode.End;
    }

    private static List<uint> FunctionsIn(Module* module, ByteReader* r)
    {
        List<uint> functions = [];
        Instr i = default;
        for (InstrReader.Next(r, &i, Features.All); i.Op != Opcode.End; InstrReader.Next(r, &i, Features.All))
            if (i.Op == Opcode.RefFunc) functions.Add(i.A);
        return functions;
    }
}
