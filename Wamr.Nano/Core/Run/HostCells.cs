// SPDX-License-Identifier: MIT
// Calls a host function of form Cells: one 64-bit cell per parameter; app addresses are checked and converted as the signature says.
using System.Runtime.CompilerServices;
using Wamr.Nano.Core.Platform;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Run;

internal static unsafe class HostCells
{
    /// <summary>Runs <paramref name="row"/>, whose signature was matched with <paramref name="type"/> when linking.</summary>
    /// <returns>
    /// <see cref="WasmError.BadAppAddress"/> if an address fails its check, and then the function is not called; otherwise the function's
    /// result.
    /// </returns>
    [MethodImpl(MethodImplOptions.NoInlining)] // its cells would lie on the stack of every host call
    internal static WasmError Call(ExecEnv* env, HostFunc* row, FuncType* type, uint* slots)
    {
        ulong* cells = stackalloc ulong[(int)Config.MaxHostCells];
        if (!Fill(env->Instance, row->Signature + 1, type->ParamCount, slots, cells)) return WasmError.BadAppAddress;
        WasmError error = row->Function(env, cells, row->UserData);
        if (error != WasmError.None || type->ResultCount == 0) return error;
        if (type->ResultSlots == 2) Raw.Store64((byte*)slots, *cells);
        else *slots = (uint)*cells;
        return WasmError.None;
    }

    private static bool Fill(Instance* instance, byte* letters, uint count, uint* slots, ulong* cells)
    {
        for (uint n = 0; n < count; n++)
        {
            switch (letters[n])
            {
                case (byte)'I' or (byte)'F':
                    cells[n] = Raw.Load64((byte*)slots);
                    slots++;
                    break;
                case (byte)'*':
                    // The last letter is followed by the closing bracket, so looking one ahead is safe.
                    if (!AppMemory.Validate(instance, *slots, letters[n + 1] == (byte)'~' ? slots[1] : 1)) return false;
                    cells[n] = (nuint)AppMemory.ToNative(instance, *slots);
                    break;
                case (byte)'$':
                    if (!AppMemory.ValidateString(instance, *slots)) return false;
                    cells[n] = (nuint)AppMemory.ToNative(instance, *slots);
                    break;
                default:
                    cells[n] = *slots;
                    break;
            }
            slots++;
        }
        return true;
    }
}
