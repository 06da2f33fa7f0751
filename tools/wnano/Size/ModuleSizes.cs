// SPDX-License-Identifier: MIT
// Sizes of a module: its sections and functions in flash, and the RAM it needs on a board by part.
using System.Collections.Generic;
using Wamr.Nano.Tool.Fit;
using Wamr.Nano.Tool.Printing;

namespace Wamr.Nano.Tool.Size;

internal static unsafe class ModuleSizes
{
    /// <param name="name">Name of the module.</param>
    /// <param name="request">The module, and its app heap.</param>
    /// <param name="stackBytes">Operand stack; 0 for what its calls can take at most.</param>
    /// <param name="flashTotal">Bytes of flash for it, and of the pool; 0 unknown.</param>
    internal static SizeReport Of(string name, RunRequest request, uint stackBytes, ulong flashTotal, ulong poolTotal)
    {
        using Estimation estimation = new(request, stackBytes);
        return new(name, "module",
            [new("flash", flashTotal, Flash(request.Module, estimation.Module)), new("RAM", poolTotal, Ram(estimation))])
        {
            Symbols = FunctionText.Symbols(estimation.Module),
        };
    }

    private static SizeNode Flash(byte[] binary, NanoModule module)
    {
        SizeNode flash = new("flash");
        foreach (ModuleSection section in Sections.Of(binary))
        {
            ulong rest = section.Bytes;
            if (section.Title == "code")
            {
                foreach ((string function, uint bytes) in Bodies(module))
                {
                    flash.Add(bytes, section.Title, function);
                    rest -= bytes;
                }
            }
            if (rest != section.Bytes) flash.Add(rest, section.Title, "header");
            else flash.Add(rest, section.Title);
        }
        return flash;
    }

    private static SizeNode Ram(Estimation estimation)
    {
        SizeNode ram = new("RAM");
        foreach ((RamPart part, uint bytes) in estimation.Need.Parts)
        {
            string name = NeedText.Name(part);
            if (part == RamPart.Code)
                foreach ((string function, uint code) in RegisterCode(estimation.Module)) ram.Add(code, name, function);
            else if (part == RamPart.LinearMemory)
                foreach ((string inside, uint size) in estimation.Facts.MemoryParts()) ram.Add(size, name, inside);
            else ram.Add(bytes, name);
        }
        return ram;
    }

    /// <summary>Each defined function with the bytes of its entry in the code section.</summary>
    private static List<(string Name, uint Bytes)> Bodies(NanoModule module)
    {
        List<(string, uint)> bodies = [];
        Module* m = module.Pointer;
        for (uint i = m->ImportedFunctions; i < m->FunctionCount; i++)
        {
            byte* entry = m->Bytes + m->Functions[i].Entry;
            ByteReader r = Read.Over(m->Bytes, entry, m->Bytes + m->Size);
            uint body = Read.U32(&r);
            bodies.Add((FunctionText.Label(module, i), (uint)(r.Pos - entry) + body));
        }
        return bodies;
    }

    private static List<(string Name, uint Bytes)> RegisterCode(NanoModule module)
    {
        List<(string, uint)> functions = [];
        Module* m = module.Pointer;
        for (uint i = m->ImportedFunctions; i < m->FunctionCount; i++)
        {
            uint end = i + 1 < m->FunctionCount ? m->Functions[i + 1].Code * 2 : m->CodeSize;
            functions.Add((FunctionText.Label(module, i), end - m->Functions[i].Code * 2));
        }
        return functions;
    }
}
