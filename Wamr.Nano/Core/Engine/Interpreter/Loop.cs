// SPDX-License-Identifier: MIT
// The interpreter: one loop over register code, one line per opcode (spec chapter 4.4). It checks only for traps, exactly; validation has
// checked the rest.
using Op = Wamr.Nano.Core.RegisterCode.RegOp;
using System.Numerics;
using System.Runtime.CompilerServices;
using Wamr.Nano.Core.Numeric;
using Wamr.Nano.Core.Platform;
using Wamr.Nano.Core.RegisterCode;
using Wamr.Nano.Core.Run;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Engine.Interpreter;

internal static unsafe class Loop
{
    /// <summary>
    /// Runs from the environment's pc and fp until the outermost frame of this entry returns, or until a trap. After a trap, pc is at the
    /// instruction that trapped. After a poll, it is at the next instruction, where the run can be resumed.
    /// </summary>
    /// <remarks>Results may overwrite the save area, so returns read that first.</remarks>
    [DispatchLoop]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static WasmError Execute(ExecEnv* env)
    {
        byte* pc = env->Pc;
        uint* fp = env->Fp;
        int budget = env->Budget;
        Instance* inst = env->Instance;
        Function* functions = inst->Module->Functions;
        byte* memory = null;
        uint size = 0;
        WasmError error;
        // Operands of the shared ends below.
        short* at;
        int far;
        uint n, o, frame;
        uint* area;
        byte* returnTo;
        Function* callee;
        ushort* code = inst->Module->Code;
        ushort* start;
        Instance* target;
        TableInst* table;
        goto Reload;

    Dispatch:
        while (true)
        {
            switch ((Op)(*pc))
            {
                // control
                case Op.Trap: error = *(WasmError*)(pc + 2); goto Trap;
                case Op.Br: at = (short*)(pc + 2); goto Jump;
                case Op.BrFar:
                    far = (int)(*(ushort*)(pc + 2) | (uint)*(ushort*)(pc + 4) << 16); pc += 2 + far * 2;
                    if (far < 0 && (budget += far >> RegCode.FuelShift) < 0) goto Poll; continue;
                case Op.BrIf: at = (short*)(pc + 2); if (fp[pc[1]] != 0) goto Jump; pc += 4; continue;
                case Op.BrUnless: at = (short*)(pc + 2); if (fp[pc[1]] == 0) goto Jump; pc += 4; continue;
                case Op.BrTable: n = fp[pc[1]]; frame = *(ushort*)(pc + 2); at = (short*)(pc + 4) + (n < frame ? n : frame); goto Jump;
                case Op.Return: area = fp + *(ushort*)(pc + 2); goto Leave;
                case Op.Return32:
                    area = fp + *(ushort*)(pc + 2); n = fp[pc[1]]; pc = SaveArea.ReturnTo(area); frame = SaveArea.Delta(area); *fp = n;
                    fp -= frame; continue;
                case Op.Return64:
                    area = fp + *(ushort*)(pc + 2); n = pc[1]; pc = SaveArea.ReturnTo(area); frame = SaveArea.Delta(area);
                    Set64(fp, Get64(fp + n)); fp -= frame; continue;
                case Op.ReturnMany: area = fp + *(ushort*)(pc + 2); goto LeaveMany;
                case Op.Call: callee = functions + *(ushort*)(pc + 2); frame = *(ushort*)(pc + 4); returnTo = pc + 6; goto Enter;
                case Op.CallImport: n = *(ushort*)(pc + 2); frame = *(ushort*)(pc + 4); target = inst; returnTo = pc + 6; goto Outside;
                case Op.CallIndirect: goto Indirect;
                case Op.TailCall: callee = functions + *(ushort*)(pc + 2); frame = *(ushort*)(pc + 4); n = *(ushort*)(pc + 6); goto Reuse;
                case Op.TailCallIndirect: goto Indirect;
                case Op.Exit: goto Exit;
                case Op.Leave: goto Return;
                case Op.Count: Profiling.Count(env, pc, fp); pc += 4; continue;

                // moves, constants, globals
                case Op.Copy32: fp[pc[1]] = fp[*(ushort*)(pc + 2)]; pc += 4; continue;
                case Op.Copy64: Set64(fp + pc[1], Get64(fp + *(ushort*)(pc + 2))); pc += 4; continue;
                case Op.CopyTo32: fp[*(ushort*)(pc + 2)] = fp[pc[1]]; pc += 4; continue;
                case Op.CopyTo64: Set64(fp + *(ushort*)(pc + 2), Get64(fp + pc[1])); pc += 4; continue;
                case Op.Const16: fp[pc[1]] = (uint)*(short*)(pc + 2); pc += 4; continue;
                case Op.Const32: fp[pc[1]] = *(ushort*)(pc + 2) | (uint)*(ushort*)(pc + 4) << 16; pc += 6; continue;
                case Op.Const16To64: Set64(fp + pc[1], (ulong)*(short*)(pc + 2)); pc += 4; continue;
                case Op.Const64:
                    fp[pc[1]] = *(ushort*)(pc + 2) | (uint)*(ushort*)(pc + 4) << 16;
                    fp[pc[1] + 1] = *(ushort*)(pc + 6) | (uint)*(ushort*)(pc + 8) << 16; pc += 10; continue;
                case Op.Select32: fp[pc[1]] = fp[fp[pc[4]] != 0 ? pc[2] : pc[3]]; pc += 6; continue;
                case Op.Select64: Set64(fp + pc[1], Get64(fp + (fp[pc[4]] != 0 ? pc[2] : pc[3]))); pc += 6; continue;
                case Op.GlobalGet32: fp[pc[1]] = inst->Globals[*(ushort*)(pc + 2)]; pc += 4; continue;
                case Op.GlobalGet64: Set64(fp + pc[1], Get64(inst->Globals + *(ushort*)(pc + 2))); pc += 4; continue;
                case Op.GlobalSet32: inst->Globals[*(ushort*)(pc + 2)] = fp[pc[1]]; pc += 4; continue;
                case Op.GlobalSet64: Set64(inst->Globals + *(ushort*)(pc + 2), Get64(fp + pc[1])); pc += 4; continue;
                case Op.GlobalSetAux:
                    n = fp[pc[1]];
                    if (inst->Module->Info->AuxStack.Bottom - n > inst->Module->Info->AuxStack.Size) goto AuxStack;
                    inst->Globals[*(ushort*)(pc + 2)] = n;
                    pc += 4; continue;
                case Op.ImportGet32: fp[pc[1]] = *inst->ImportedGlobals[*(ushort*)(pc + 2)]; pc += 4; continue;
                case Op.ImportGet64: Set64(fp + pc[1], Get64(inst->ImportedGlobals[*(ushort*)(pc + 2)])); pc += 4; continue;
                case Op.ImportSet32: *inst->ImportedGlobals[*(ushort*)(pc + 2)] = fp[pc[1]]; pc += 4; continue;
                case Op.ImportSet64: Set64(inst->ImportedGlobals[*(ushort*)(pc + 2)], Get64(fp + pc[1])); pc += 4; continue;

                // memory
                case Op.MemorySize: fp[pc[1]] = inst->Memory->Pages; pc += 2; continue;
                case Op.MemoryGrow: goto Grow;
                case Op.FarAddress:
                    n = fp[pc[2]]; if ((ulong)n + (*(ushort*)(pc + 4) | (uint)*(ushort*)(pc + 6) << 16) + pc[3] > size) goto OutOfBounds;
                    fp[pc[1]] = n + (*(ushort*)(pc + 4) | (uint)*(ushort*)(pc + 6) << 16); pc += 8; continue;
                // loads and stores: o is offset + bytes, so n is the end of the access; if that is beyond the memory, or wraps around, the
                // access traps
                case Op.I32Load:
                    o = *(ushort*)(pc + 4); n = fp[pc[2]] + o; if (n < o || n > size) goto OutOfBounds;
                    fp[pc[1]] = Raw.Load32(memory + n - 4); pc += 6; continue;
                case Op.I64Load:
                    o = *(ushort*)(pc + 4); n = fp[pc[2]] + o; if (n < o || n > size) goto OutOfBounds;
                    Set64(fp + pc[1], Raw.Load64(memory + n - 8)); pc += 6; continue;
                case Op.I32Load8S:
                    o = *(ushort*)(pc + 4); n = fp[pc[2]] + o; if (n < o || n > size) goto OutOfBounds;
                    fp[pc[1]] = (uint)(sbyte)*(memory + n - 1); pc += 6; continue;
                case Op.I32Load8U:
                    o = *(ushort*)(pc + 4); n = fp[pc[2]] + o; if (n < o || n > size) goto OutOfBounds;
                    fp[pc[1]] = *(memory + n - 1); pc += 6; continue;
                case Op.I32Load16S:
                    o = *(ushort*)(pc + 4); n = fp[pc[2]] + o; if (n < o || n > size) goto OutOfBounds;
                    fp[pc[1]] = (uint)(short)Raw.Load16(memory + n - 2); pc += 6; continue;
                case Op.I32Load16U:
                    o = *(ushort*)(pc + 4); n = fp[pc[2]] + o; if (n < o || n > size) goto OutOfBounds;
                    fp[pc[1]] = Raw.Load16(memory + n - 2); pc += 6; continue;
                case Op.I64Load8S:
                    o = *(ushort*)(pc + 4); n = fp[pc[2]] + o; if (n < o || n > size) goto OutOfBounds;
                    Set64(fp + pc[1], (ulong)(sbyte)*(memory + n - 1)); pc += 6; continue;
                case Op.I64Load8U:
                    o = *(ushort*)(pc + 4); n = fp[pc[2]] + o; if (n < o || n > size) goto OutOfBounds;
                    Set64(fp + pc[1], *(memory + n - 1)); pc += 6; continue;
                case Op.I64Load16S:
                    o = *(ushort*)(pc + 4); n = fp[pc[2]] + o; if (n < o || n > size) goto OutOfBounds;
                    Set64(fp + pc[1], (ulong)(short)Raw.Load16(memory + n - 2)); pc += 6; continue;
                case Op.I64Load16U:
                    o = *(ushort*)(pc + 4); n = fp[pc[2]] + o; if (n < o || n > size) goto OutOfBounds;
                    Set64(fp + pc[1], Raw.Load16(memory + n - 2)); pc += 6; continue;
                case Op.I64Load32S:
                    o = *(ushort*)(pc + 4); n = fp[pc[2]] + o; if (n < o || n > size) goto OutOfBounds;
                    Set64(fp + pc[1], (ulong)(int)Raw.Load32(memory + n - 4)); pc += 6; continue;
                case Op.I64Load32U:
                    o = *(ushort*)(pc + 4); n = fp[pc[2]] + o; if (n < o || n > size) goto OutOfBounds;
                    Set64(fp + pc[1], Raw.Load32(memory + n - 4)); pc += 6; continue;
                case Op.I32Store:
                    o = *(ushort*)(pc + 4); n = fp[pc[2]] + o; if (n < o || n > size) goto OutOfBounds;
                    Raw.Store32(memory + n - 4, fp[pc[1]]); pc += 6; continue;
                case Op.I64Store:
                    o = *(ushort*)(pc + 4); n = fp[pc[2]] + o; if (n < o || n > size) goto OutOfBounds;
                    Raw.Store64(memory + n - 8, Get64(fp + pc[1])); pc += 6; continue;
                case Op.I32Store8:
                    o = *(ushort*)(pc + 4); n = fp[pc[2]] + o; if (n < o || n > size) goto OutOfBounds;
                    *(memory + n - 1) = (byte)fp[pc[1]]; pc += 6; continue;
                case Op.I32Store16:
                    o = *(ushort*)(pc + 4); n = fp[pc[2]] + o; if (n < o || n > size) goto OutOfBounds;
                    Raw.Store16(memory + n - 2, (ushort)fp[pc[1]]); pc += 6; continue;
                case Op.I32LoadAt:
                    o = *(ushort*)(pc + 4); n = fp[pc[2]] + fp[pc[3]] + o; if (n < o || n > size) goto OutOfBounds;
                    fp[pc[1]] = Raw.Load32(memory + n - 4); pc += 6; continue;
                case Op.I64LoadAt:
                    o = *(ushort*)(pc + 4); n = fp[pc[2]] + fp[pc[3]] + o; if (n < o || n > size) goto OutOfBounds;
                    Set64(fp + pc[1], Raw.Load64(memory + n - 8)); pc += 6; continue;
                case Op.I32Load8SAt:
                    o = *(ushort*)(pc + 4); n = fp[pc[2]] + fp[pc[3]] + o; if (n < o || n > size) goto OutOfBounds;
                    fp[pc[1]] = (uint)(sbyte)*(memory + n - 1); pc += 6; continue;
                case Op.I32Load8UAt:
                    o = *(ushort*)(pc + 4); n = fp[pc[2]] + fp[pc[3]] + o; if (n < o || n > size) goto OutOfBounds;
                    fp[pc[1]] = *(memory + n - 1); pc += 6; continue;
                case Op.I32Load16SAt:
                    o = *(ushort*)(pc + 4); n = fp[pc[2]] + fp[pc[3]] + o; if (n < o || n > size) goto OutOfBounds;
                    fp[pc[1]] = (uint)(short)Raw.Load16(memory + n - 2); pc += 6; continue;
                case Op.I32Load16UAt:
                    o = *(ushort*)(pc + 4); n = fp[pc[2]] + fp[pc[3]] + o; if (n < o || n > size) goto OutOfBounds;
                    fp[pc[1]] = Raw.Load16(memory + n - 2); pc += 6; continue;
                case Op.I32StoreAt:
                    o = *(ushort*)(pc + 4); n = fp[pc[2]] + fp[pc[3]] + o; if (n < o || n > size) goto OutOfBounds;
                    Raw.Store32(memory + n - 4, fp[pc[1]]); pc += 6; continue;
                case Op.I64StoreAt:
                    o = *(ushort*)(pc + 4); n = fp[pc[2]] + fp[pc[3]] + o; if (n < o || n > size) goto OutOfBounds;
                    Raw.Store64(memory + n - 8, Get64(fp + pc[1])); pc += 6; continue;
                case Op.I32Store8At:
                    o = *(ushort*)(pc + 4); n = fp[pc[2]] + fp[pc[3]] + o; if (n < o || n > size) goto OutOfBounds;
                    *(memory + n - 1) = (byte)fp[pc[1]]; pc += 6; continue;
                case Op.I32Store16At:
                    o = *(ushort*)(pc + 4); n = fp[pc[2]] + fp[pc[3]] + o; if (n < o || n > size) goto OutOfBounds;
                    Raw.Store16(memory + n - 2, (ushort)fp[pc[1]]); pc += 6; continue;
                case Op.I32LoadAt4:
                    o = *(ushort*)(pc + 4); n = fp[pc[2]] + (fp[pc[3]] << 2) + o; if (n < o || n > size) goto OutOfBounds;
                    fp[pc[1]] = Raw.Load32(memory + n - 4); pc += 6; continue;
                case Op.I64LoadAt8:
                    o = *(ushort*)(pc + 4); n = fp[pc[2]] + (fp[pc[3]] << 3) + o; if (n < o || n > size) goto OutOfBounds;
                    Set64(fp + pc[1], Raw.Load64(memory + n - 8)); pc += 6; continue;
                case Op.I32StoreAt4:
                    o = *(ushort*)(pc + 4); n = fp[pc[2]] + (fp[pc[3]] << 2) + o; if (n < o || n > size) goto OutOfBounds;
                    Raw.Store32(memory + n - 4, fp[pc[1]]); pc += 6; continue;
                case Op.I64StoreAt8:
                    o = *(ushort*)(pc + 4); n = fp[pc[2]] + (fp[pc[3]] << 3) + o; if (n < o || n > size) goto OutOfBounds;
                    Raw.Store64(memory + n - 8, Get64(fp + pc[1])); pc += 6; continue;

                // rarer
                case Op.Numeric:
                    error = OutOfLine.Numeric((Opcode)pc[1], fp + pc[2], fp + pc[3], fp + pc[4]); if (error != WasmError.None) goto Trap;
                    pc += 6; continue;
                case Op.Misc:
                    env->Budget = budget; error = OutOfLine.Misc(env, pc, fp); budget = env->Budget; if (error != WasmError.None) goto Trap;
                    pc += 10; continue;

                // compare and branch
                case Op.BrEq: at = (short*)(pc + 4); if (fp[pc[1]] == fp[pc[2]]) goto Jump; pc += 6; continue;
                case Op.BrNe: at = (short*)(pc + 4); if (fp[pc[1]] != fp[pc[2]]) goto Jump; pc += 6; continue;
                case Op.BrLtS: at = (short*)(pc + 4); if ((int)fp[pc[1]] < (int)fp[pc[2]]) goto Jump; pc += 6; continue;
                case Op.BrLtU: at = (short*)(pc + 4); if (fp[pc[1]] < fp[pc[2]]) goto Jump; pc += 6; continue;
                case Op.BrGtS: at = (short*)(pc + 4); if ((int)fp[pc[1]] > (int)fp[pc[2]]) goto Jump; pc += 6; continue;
                case Op.BrGtU: at = (short*)(pc + 4); if (fp[pc[1]] > fp[pc[2]]) goto Jump; pc += 6; continue;
                case Op.BrLeS: at = (short*)(pc + 4); if ((int)fp[pc[1]] <= (int)fp[pc[2]]) goto Jump; pc += 6; continue;
                case Op.BrLeU: at = (short*)(pc + 4); if (fp[pc[1]] <= fp[pc[2]]) goto Jump; pc += 6; continue;
                case Op.BrGeS: at = (short*)(pc + 4); if ((int)fp[pc[1]] >= (int)fp[pc[2]]) goto Jump; pc += 6; continue;
                case Op.BrGeU: at = (short*)(pc + 4); if (fp[pc[1]] >= fp[pc[2]]) goto Jump; pc += 6; continue;
                case Op.BrEqI: at = (short*)(pc + 4); if (fp[pc[1]] == (uint)*(short*)(pc + 2)) goto Jump; pc += 6; continue;
                case Op.BrNeI: at = (short*)(pc + 4); if (fp[pc[1]] != (uint)*(short*)(pc + 2)) goto Jump; pc += 6; continue;
                case Op.BrLtSI: at = (short*)(pc + 4); if ((int)fp[pc[1]] < *(short*)(pc + 2)) goto Jump; pc += 6; continue;
                case Op.BrLtUI: at = (short*)(pc + 4); if (fp[pc[1]] < (uint)*(short*)(pc + 2)) goto Jump; pc += 6; continue;
                case Op.BrGtSI: at = (short*)(pc + 4); if ((int)fp[pc[1]] > *(short*)(pc + 2)) goto Jump; pc += 6; continue;
                case Op.BrGtUI: at = (short*)(pc + 4); if (fp[pc[1]] > (uint)*(short*)(pc + 2)) goto Jump; pc += 6; continue;
                case Op.BrLeSI: at = (short*)(pc + 4); if ((int)fp[pc[1]] <= *(short*)(pc + 2)) goto Jump; pc += 6; continue;
                case Op.BrLeUI: at = (short*)(pc + 4); if (fp[pc[1]] <= (uint)*(short*)(pc + 2)) goto Jump; pc += 6; continue;
                case Op.BrGeSI: at = (short*)(pc + 4); if ((int)fp[pc[1]] >= *(short*)(pc + 2)) goto Jump; pc += 6; continue;
                case Op.BrGeUI: at = (short*)(pc + 4); if (fp[pc[1]] >= (uint)*(short*)(pc + 2)) goto Jump; pc += 6; continue;

                // i32
                case Op.I32Eqz: fp[pc[1]] = Bit(fp[pc[2]] == 0); pc += 4; continue;
                case Op.I32Eq: fp[pc[1]] = Bit(fp[pc[2]] == fp[pc[3]]); pc += 4; continue;
                case Op.I32Ne: fp[pc[1]] = Bit(fp[pc[2]] != fp[pc[3]]); pc += 4; continue;
                case Op.I32LtS: fp[pc[1]] = Bit((int)fp[pc[2]] < (int)fp[pc[3]]); pc += 4; continue;
                case Op.I32LtU: fp[pc[1]] = Bit(fp[pc[2]] < fp[pc[3]]); pc += 4; continue;
                case Op.I32GtS: fp[pc[1]] = Bit((int)fp[pc[2]] > (int)fp[pc[3]]); pc += 4; continue;
                case Op.I32GtU: fp[pc[1]] = Bit(fp[pc[2]] > fp[pc[3]]); pc += 4; continue;
                case Op.I32LeS: fp[pc[1]] = Bit((int)fp[pc[2]] <= (int)fp[pc[3]]); pc += 4; continue;
                case Op.I32LeU: fp[pc[1]] = Bit(fp[pc[2]] <= fp[pc[3]]); pc += 4; continue;
                case Op.I32GeS: fp[pc[1]] = Bit((int)fp[pc[2]] >= (int)fp[pc[3]]); pc += 4; continue;
                case Op.I32GeU: fp[pc[1]] = Bit(fp[pc[2]] >= fp[pc[3]]); pc += 4; continue;
                case Op.I32EqI: fp[pc[1]] = Bit(fp[pc[2]] == Signed(pc[3])); pc += 4; continue;
                case Op.I32NeI: fp[pc[1]] = Bit(fp[pc[2]] != Signed(pc[3])); pc += 4; continue;
                case Op.I32LtSI: fp[pc[1]] = Bit((int)fp[pc[2]] < (sbyte)pc[3]); pc += 4; continue;
                case Op.I32LtUI: fp[pc[1]] = Bit(fp[pc[2]] < Signed(pc[3])); pc += 4; continue;
                case Op.I32GtSI: fp[pc[1]] = Bit((int)fp[pc[2]] > (sbyte)pc[3]); pc += 4; continue;
                case Op.I32GtUI: fp[pc[1]] = Bit(fp[pc[2]] > Signed(pc[3])); pc += 4; continue;
                case Op.I32LeSI: fp[pc[1]] = Bit((int)fp[pc[2]] <= (sbyte)pc[3]); pc += 4; continue;
                case Op.I32LeUI: fp[pc[1]] = Bit(fp[pc[2]] <= Signed(pc[3])); pc += 4; continue;
                case Op.I32GeSI: fp[pc[1]] = Bit((int)fp[pc[2]] >= (sbyte)pc[3]); pc += 4; continue;
                case Op.I32GeUI: fp[pc[1]] = Bit(fp[pc[2]] >= Signed(pc[3])); pc += 4; continue;
                case Op.I32Add: fp[pc[1]] = fp[pc[2]] + fp[pc[3]]; pc += 4; continue;
                case Op.I32Sub: fp[pc[1]] = fp[pc[2]] - fp[pc[3]]; pc += 4; continue;
                case Op.I32Mul: fp[pc[1]] = fp[pc[2]] * fp[pc[3]]; pc += 4; continue;
                case Op.I32DivS:
                    n = fp[pc[3]]; if (n == 0) goto DivideByZero; if (n == 0xFFFFFFFF && fp[pc[2]] == 0x80000000) goto Overflow;
                    fp[pc[1]] = (uint)((int)fp[pc[2]] / (int)n); pc += 4; continue;
                case Op.I32DivU: n = fp[pc[3]]; if (n == 0) goto DivideByZero; fp[pc[1]] = fp[pc[2]] / n; pc += 4; continue;
                case Op.I32RemS:
                    n = fp[pc[3]]; if (n == 0) goto DivideByZero; fp[pc[1]] = n == 0xFFFFFFFF ? 0 : (uint)((int)fp[pc[2]] % (int)n);
                    pc += 4; continue;
                case Op.I32RemU: n = fp[pc[3]]; if (n == 0) goto DivideByZero; fp[pc[1]] = fp[pc[2]] % n; pc += 4; continue;
                case Op.I32And: fp[pc[1]] = fp[pc[2]] & fp[pc[3]]; pc += 4; continue;
                case Op.I32Or: fp[pc[1]] = fp[pc[2]] | fp[pc[3]]; pc += 4; continue;
                case Op.I32Xor: fp[pc[1]] = fp[pc[2]] ^ fp[pc[3]]; pc += 4; continue;
                case Op.I32Shl: fp[pc[1]] = fp[pc[2]] << (int)fp[pc[3]]; pc += 4; continue;
                case Op.I32ShrS: fp[pc[1]] = (uint)((int)fp[pc[2]] >> (int)fp[pc[3]]); pc += 4; continue;
                case Op.I32ShrU: fp[pc[1]] = fp[pc[2]] >> (int)fp[pc[3]]; pc += 4; continue;
                case Op.I32Rotl: fp[pc[1]] = BitOperations.RotateLeft(fp[pc[2]], (int)fp[pc[3]]); pc += 4; continue;
                case Op.I32Rotr: fp[pc[1]] = BitOperations.RotateRight(fp[pc[2]], (int)fp[pc[3]]); pc += 4; continue;
                case Op.I32AddI: fp[pc[1]] = fp[pc[2]] + Signed(pc[3]); pc += 4; continue;
                case Op.I32MulI: fp[pc[1]] = fp[pc[2]] * Signed(pc[3]); pc += 4; continue;
                case Op.I32AndI: fp[pc[1]] = fp[pc[2]] & Signed(pc[3]); pc += 4; continue;
                case Op.I32OrI: fp[pc[1]] = fp[pc[2]] | Signed(pc[3]); pc += 4; continue;
                case Op.I32XorI: fp[pc[1]] = fp[pc[2]] ^ Signed(pc[3]); pc += 4; continue;
                case Op.I32ShlI: fp[pc[1]] = fp[pc[2]] << pc[3]; pc += 4; continue;
                case Op.I32ShrSI: fp[pc[1]] = (uint)((int)fp[pc[2]] >> pc[3]); pc += 4; continue;
                case Op.I32ShrUI: fp[pc[1]] = fp[pc[2]] >> pc[3]; pc += 4; continue;
                case Op.I32RotlI: fp[pc[1]] = BitOperations.RotateLeft(fp[pc[2]], pc[3]); pc += 4; continue;
                case Op.I32AddShl: fp[pc[1]] = fp[pc[2]] + (fp[pc[3]] << pc[4]); pc += 6; continue;
                case Op.I32Clz: fp[pc[1]] = (uint)BitOperations.LeadingZeroCount(fp[pc[2]]); pc += 4; continue;
                case Op.I32Ctz: fp[pc[1]] = (uint)BitOperations.TrailingZeroCount(fp[pc[2]]); pc += 4; continue;
                case Op.I32Popcnt: fp[pc[1]] = (uint)BitOperations.PopCount(fp[pc[2]]); pc += 4; continue;
                case Op.I32Extend8S: fp[pc[1]] = (uint)(sbyte)fp[pc[2]]; pc += 4; continue;
                case Op.I32Extend16S: fp[pc[1]] = (uint)(short)fp[pc[2]]; pc += 4; continue;

                // i64
                case Op.I64Eqz: fp[pc[1]] = Bit(Get64(fp + pc[2]) == 0); pc += 4; continue;
                case Op.I64Eq: fp[pc[1]] = Bit(Get64(fp + pc[2]) == Get64(fp + pc[3])); pc += 4; continue;
                case Op.I64Ne: fp[pc[1]] = Bit(Get64(fp + pc[2]) != Get64(fp + pc[3])); pc += 4; continue;
                case Op.I64LtS: fp[pc[1]] = Bit((long)Get64(fp + pc[2]) < (long)Get64(fp + pc[3])); pc += 4; continue;
                case Op.I64LtU: fp[pc[1]] = Bit(Get64(fp + pc[2]) < Get64(fp + pc[3])); pc += 4; continue;
                case Op.I64GtS: fp[pc[1]] = Bit((long)Get64(fp + pc[2]) > (long)Get64(fp + pc[3])); pc += 4; continue;
                case Op.I64GtU: fp[pc[1]] = Bit(Get64(fp + pc[2]) > Get64(fp + pc[3])); pc += 4; continue;
                case Op.I64LeS: fp[pc[1]] = Bit((long)Get64(fp + pc[2]) <= (long)Get64(fp + pc[3])); pc += 4; continue;
                case Op.I64LeU: fp[pc[1]] = Bit(Get64(fp + pc[2]) <= Get64(fp + pc[3])); pc += 4; continue;
                case Op.I64GeS: fp[pc[1]] = Bit((long)Get64(fp + pc[2]) >= (long)Get64(fp + pc[3])); pc += 4; continue;
                case Op.I64GeU: fp[pc[1]] = Bit(Get64(fp + pc[2]) >= Get64(fp + pc[3])); pc += 4; continue;
                case Op.I64Add: Set64(fp + pc[1], Get64(fp + pc[2]) + Get64(fp + pc[3])); pc += 4; continue;
                case Op.I64Sub: Set64(fp + pc[1], Get64(fp + pc[2]) - Get64(fp + pc[3])); pc += 4; continue;
                case Op.I64Mul: Set64(fp + pc[1], Get64(fp + pc[2]) * Get64(fp + pc[3])); pc += 4; continue;
                case Op.I64And: Set64(fp + pc[1], Get64(fp + pc[2]) & Get64(fp + pc[3])); pc += 4; continue;
                case Op.I64Or: Set64(fp + pc[1], Get64(fp + pc[2]) | Get64(fp + pc[3])); pc += 4; continue;
                case Op.I64Xor: Set64(fp + pc[1], Get64(fp + pc[2]) ^ Get64(fp + pc[3])); pc += 4; continue;
                case Op.I64Shl: Set64(fp + pc[1], Get64(fp + pc[2]) << (int)fp[pc[3]]); pc += 4; continue;
                case Op.I64ShrS: Set64(fp + pc[1], (ulong)((long)Get64(fp + pc[2]) >> (int)fp[pc[3]])); pc += 4; continue;
                case Op.I64ShrU: Set64(fp + pc[1], Get64(fp + pc[2]) >> (int)fp[pc[3]]); pc += 4; continue;
                case Op.I64Rotl: Set64(fp + pc[1], BitOperations.RotateLeft(Get64(fp + pc[2]), (int)fp[pc[3]])); pc += 4; continue;
                case Op.I64Rotr: Set64(fp + pc[1], BitOperations.RotateRight(Get64(fp + pc[2]), (int)fp[pc[3]])); pc += 4; continue;
                case Op.I64ExtendI32S: Set64(fp + pc[1], (ulong)(int)fp[pc[2]]); pc += 4; continue;
                case Op.I64ExtendI32U: Set64(fp + pc[1], fp[pc[2]]); pc += 4; continue;

                // f32
                case Op.F32Eq: fp[pc[1]] = Bit(Float32.Eq(fp[pc[2]], fp[pc[3]])); pc += 4; continue;
                case Op.F32Ne: fp[pc[1]] = Bit(Float32.Ne(fp[pc[2]], fp[pc[3]])); pc += 4; continue;
                case Op.F32Lt: fp[pc[1]] = Bit(Float32.Lt(fp[pc[2]], fp[pc[3]])); pc += 4; continue;
                case Op.F32Gt: fp[pc[1]] = Bit(Float32.Gt(fp[pc[2]], fp[pc[3]])); pc += 4; continue;
                case Op.F32Le: fp[pc[1]] = Bit(Float32.Le(fp[pc[2]], fp[pc[3]])); pc += 4; continue;
                case Op.F32Ge: fp[pc[1]] = Bit(Float32.Ge(fp[pc[2]], fp[pc[3]])); pc += 4; continue;
                case Op.F32Abs: fp[pc[1]] = Float32.Abs(fp[pc[2]]); pc += 4; continue;
                case Op.F32Neg: fp[pc[1]] = Float32.Neg(fp[pc[2]]); pc += 4; continue;
                case Op.F32Sqrt: fp[pc[1]] = Float32.Sqrt(fp[pc[2]]); pc += 4; continue;
                case Op.F32Add: fp[pc[1]] = Float32.Add(fp[pc[2]], fp[pc[3]]); pc += 4; continue;
                case Op.F32Sub: fp[pc[1]] = Float32.Sub(fp[pc[2]], fp[pc[3]]); pc += 4; continue;
                case Op.F32Mul: fp[pc[1]] = Float32.Mul(fp[pc[2]], fp[pc[3]]); pc += 4; continue;
                case Op.F32Div: fp[pc[1]] = Float32.Div(fp[pc[2]], fp[pc[3]]); pc += 4; continue;

                // f64
                case Op.F64Eq: fp[pc[1]] = Bit(Float64.Eq(Get64(fp + pc[2]), Get64(fp + pc[3]))); pc += 4; continue;
                case Op.F64Ne: fp[pc[1]] = Bit(Float64.Ne(Get64(fp + pc[2]), Get64(fp + pc[3]))); pc += 4; continue;
                case Op.F64Lt: fp[pc[1]] = Bit(Float64.Lt(Get64(fp + pc[2]), Get64(fp + pc[3]))); pc += 4; continue;
                case Op.F64Gt: fp[pc[1]] = Bit(Float64.Gt(Get64(fp + pc[2]), Get64(fp + pc[3]))); pc += 4; continue;
                case Op.F64Le: fp[pc[1]] = Bit(Float64.Le(Get64(fp + pc[2]), Get64(fp + pc[3]))); pc += 4; continue;
                case Op.F64Ge: fp[pc[1]] = Bit(Float64.Ge(Get64(fp + pc[2]), Get64(fp + pc[3]))); pc += 4; continue;
                case Op.F64Abs: Set64(fp + pc[1], Float64.Abs(Get64(fp + pc[2]))); pc += 4; continue;
                case Op.F64Neg: Set64(fp + pc[1], Float64.Neg(Get64(fp + pc[2]))); pc += 4; continue;
                case Op.F64Sqrt: Set64(fp + pc[1], Float64.Sqrt(Get64(fp + pc[2]))); pc += 4; continue;
                case Op.F64Add: Set64(fp + pc[1], Float64.Add(Get64(fp + pc[2]), Get64(fp + pc[3]))); pc += 4; continue;
                case Op.F64Sub: Set64(fp + pc[1], Float64.Sub(Get64(fp + pc[2]), Get64(fp + pc[3]))); pc += 4; continue;
                case Op.F64Mul: Set64(fp + pc[1], Float64.Mul(Get64(fp + pc[2]), Get64(fp + pc[3]))); pc += 4; continue;
                case Op.F64Div: Set64(fp + pc[1], Float64.Div(Get64(fp + pc[2]), Get64(fp + pc[3]))); pc += 4; continue;

                // fuel
                case Op.Poll: budget -= pc[1]; pc += 2; if (budget >= 0) continue; goto Poll;

                default: error = WasmError.BadRegisterCode; goto Trap;
            }
        Jump:
            // An offset counts from its own unit. A branch backwards closes a loop, and costs fuel according to the loop's length.
            far = *at;
            pc = (byte*)(at + far);
            if (far >= 0 || (budget += far >> RegCode.FuelShift) >= 0) continue;
            goto Poll;
        Leave:
            pc = SaveArea.ReturnTo(area);
            fp -= SaveArea.Delta(area);
        }

    Reload:
        functions = inst->Module->Functions;
        code = inst->Module->Code;
        memory = null;
        size = 0;
        if (inst->Memory != null)
        {
            memory = inst->Memory->Data;
            size = inst->Memory->Size;
        }
        goto Dispatch;

    LeaveMany:
        n = *(ushort*)(pc + 4);
        at = (short*)(fp + *(ushort*)(pc + 6));
        pc = SaveArea.ReturnTo(area);
        frame = SaveArea.Delta(area);
        Raw.Copy((byte*)fp, (byte*)at, n * 4);
        fp -= frame;
        goto Dispatch;

    Indirect:
        // Most elements are functions of this instance whose type has the number in the call. IndirectCalls.Check handles all others.
        table = inst->Tables[*(ushort*)(pc + 6)];
        frame = *(ushort*)(pc + 4);
        n = fp[pc[1]];
        o = n < table->Size ? table->Elements[n] : FuncRef.Null;
        n = FuncRef.FunctionOf(o);
        callee = functions + n;
        if (o >> Config.FuncRefBits != inst->Id || n >= inst->Module->FunctionCount
            || callee->Code == Function.NoCode || callee->TypeIndex != *(ushort*)(pc + 2))
        {
            error = IndirectCalls.Check(inst, table, fp[pc[1]], *(ushort*)(pc + 2));
            if (error != WasmError.None) goto Trap;
            target = FuncRef.InstanceOf(inst->Runtime, o);
            returnTo = pc + (*pc == (byte)Op.TailCallIndirect ? 10 : 8);
            goto Outside;
        }
        n = *(ushort*)(pc + 8);
        if (*pc == (byte)Op.TailCallIndirect) goto Reuse;
        returnTo = pc + 8;

    Enter:
        area = fp + frame;
        start = code + callee->Code;
        if ((nuint)((byte*)env->StackEnd - (byte*)area) < start[RegCode.FrameSlots] * 4u) goto StackOverflow;
        fp = area;
    Framed:
        budget -= Frames.ClearedUnits(start);
        pc = Frames.Open(fp, start, returnTo, frame);
        if (--budget >= 0) goto Dispatch;
        goto Poll;

    Reuse:
        // A tail call: the arguments move down to the start of this frame, which keeps its return address.
        start = code + callee->Code;
        if ((nuint)((byte*)env->StackEnd - (byte*)fp) < start[RegCode.FrameSlots] * 4u) goto StackOverflow;
        area = fp + n;
        returnTo = SaveArea.ReturnTo(area);
        n = SaveArea.Delta(area);
        Raw.Copy((byte*)fp, (byte*)(fp + frame), start[RegCode.ParamSlots] * 4u);
        frame = n;
        goto Framed;

    Outside:
        // A function of the host or of another instance. Meanwhile, env holds the state of this loop.
        env->Pc = pc;
        env->Fp = fp;
        env->Budget = budget;
        error = OutgoingCalls.Call(env, target, n, frame, returnTo);
        pc = env->Pc;
        fp = env->Fp;
        budget = env->Budget;
        inst = env->Instance;
        if (error != WasmError.None) goto Trap;
        // Entering another instance may have used more fuel than the slice had.
        if (budget < 0) goto Poll;
        goto Reload;

    Return:
        OutgoingCalls.Return(env, fp);
        pc = env->Pc;
        fp = env->Fp;
        inst = env->Instance;
        goto Reload;

    Grow:
        env->Budget = budget;
        fp[pc[1]] = RuntimeInstr.GrowMemory(env, fp[pc[2]]);
        budget = env->Budget;
        pc += 4;
        goto Reload;

    Poll:
        budget = Fuel.Poll(env, budget);
        if (budget >= 0) goto Reload;
        error = Fuel.Stop(env);
        budget = 0;
        goto Trap;

    AuxStack:
        // A stack pointer below 0 wraps around to a large number, but its signed distance from the bottom is still negative.
        error = (int)(n - inst->Module->Info->AuxStack.Bottom) > 0 ? WasmError.AuxStackUnderflow : WasmError.AuxStackOverflow;
        goto Trap;
    StackOverflow:
        error = WasmError.OperandStackOverflow;
        goto Trap;
    OutOfBounds:
        error = WasmError.MemoryOutOfBounds;
        goto Trap;
    DivideByZero:
        error = WasmError.IntegerDivideByZero;
        goto Trap;
    Overflow:
        error = WasmError.IntegerOverflow;
        goto Trap;
    Exit:
        error = WasmError.None;
    Trap:
        env->Pc = pc;
        env->Fp = fp;
        env->Budget = budget;
        return error;
    }

    /// <summary>An 8-bit immediate, sign-extended.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Signed(byte immediate) => (uint)(sbyte)immediate;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Get64(uint* slots) => Raw.Load64((byte*)slots);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Set64(uint* slots, ulong value) => Raw.Store64((byte*)slots, value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Bit(bool value) => value ? 1u : 0u;
}
