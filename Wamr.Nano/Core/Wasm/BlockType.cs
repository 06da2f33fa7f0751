// SPDX-License-Identifier: MIT
// Block types (spec chapter 5.4.1): empty, one result, or a function type.
namespace Wamr.Nano.Core.Wasm;

/// <summary>Parameter and result types of a block, one byte each, in the module's bytes.</summary>
internal unsafe struct BlockType
{
    internal byte* Params;
    internal byte* Results;
    internal uint ParamCount;
    internal uint ResultCount;
}

internal static unsafe class BlockTypes
{
    /// <summary>The 33-bit number that stands for no parameters and no results.</summary>
    internal const long Empty = -64;

    /// <summary>The types of the block that <paramref name="i"/> opens. Its type index must be valid.</summary>
    internal static void Resolve(Module* module, Instr* i, BlockType* type)
    {
        long number = (long)i->Bits;
        *type = default;
        if (number == Empty) return;
        if (number < 0)
        {
            // A single result is encoded as its type byte, immediately after the opcode.
            type->Results = i->Start + 1;
            type->ResultCount = 1;
            return;
        }
        OfFunction(&module->Types[number], type);
    }

    /// <summary>The types of a whole function, seen as a block.</summary>
    internal static void OfFunction(FuncType* function, BlockType* type)
    {
        type->Params = FuncTypes.Params(function);
        type->ParamCount = function->ParamCount;
        type->Results = FuncTypes.Results(function);
        type->ResultCount = function->ResultCount;
    }

    /// <summary>The number of 32-bit slots for <paramref name="count"/> values of the given types.</summary>
    internal static uint Slots(byte* types, uint count)
    {
        uint slots = 0;
        for (uint n = 0; n < count; n++) slots += ValTypes.Slots((ValType)types[n]);
        return slots;
    }
}
