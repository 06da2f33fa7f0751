// SPDX-License-Identifier: MIT
// WASI preview 1: registration, and the switch from a function's number to what does it.
namespace Wamr.Nano.Core;

/// <summary>
/// The functions are a family of host functions (one switch in flash) rather than a row each: 46 rows would take 920 bytes of RAM on a
/// 32-bit machine, as a table of function pointers cannot be constant data in C#; the family takes 40. Each function gets its argument
/// slots and checks every address in them before it writes anything.
/// </summary>
internal static unsafe class Wasi
{
    /// <summary>Offers WASI to modules instantiated from now on. What it reads and writes goes through <see cref="Platform"/>.</summary>
    /// <returns><see cref="WasmError.OutOfMemory"/>.</returns>
    internal static WasmError Register(Runtime* rt)
    {
        // Constant data does not move: the pointer outlives the fixed block.
        fixed (byte* name = WasiNames.ModuleName) return Natives.RegisterFamily(rt, name, &WasiNames.Find, &Call);
    }

    /// <summary>Runs function <paramref name="number"/>; its error number becomes the result.</summary>
    /// <returns><see cref="WasmError.ProcExit"/> of proc_exit.</returns>
    internal static WasmError Call(ExecEnv* env, void* slots, void* number)
    {
        uint* a = (uint*)slots;
        WasiFunction function = (WasiFunction)(byte)(nuint)number;
        if (function == WasiFunction.ProcExit)
        {
            env->Instance->Runtime->ExitCode = a[0];
            return WasmError.ProcExit;
        }
        a[0] = (uint)Run(env, function, a);
        return WasmError.None;
    }

    private static Errno Run(ExecEnv* env, WasiFunction function, uint* a) => function switch
    {
        WasiFunction.ArgsGet => WasiStrings.ArgsGet(env, a),
        WasiFunction.ArgsSizesGet => WasiStrings.ArgsSizesGet(env, a),
        WasiFunction.EnvironGet => WasiStrings.EnvironGet(env, a),
        WasiFunction.EnvironSizesGet => WasiStrings.EnvironSizesGet(env, a),
        WasiFunction.ClockResGet => WasiClock.ResGet(env, a),
        WasiFunction.ClockTimeGet => WasiClock.TimeGet(env, a),
        WasiFunction.RandomGet => WasiRandom.Get(env, a),
        WasiFunction.FdWrite => WasiStreams.Write(env, a),
        WasiFunction.FdRead => WasiStreams.Read(env, a),
        WasiFunction.FdClose => WasiStreams.Close(env, a),
        WasiFunction.FdSeek => WasiStreams.Seek(env, a),
        WasiFunction.FdFdstatGet => WasiStreams.FdstatGet(env, a),
        WasiFunction.FdFdstatSetFlags => WasiStreams.FdstatSetFlags(env, a),
        WasiFunction.FdPrestatGet or WasiFunction.FdPrestatDirName => Errno.BadFileDescriptor, // no directory is preopened
        WasiFunction.PollOneoff => WasiPoll.Oneoff(env, a),
        WasiFunction.SchedYield => Errno.Success,
        _ => Errno.NoSystem,
    };
}
