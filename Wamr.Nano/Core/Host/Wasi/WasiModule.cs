// SPDX-License-Identifier: MIT
// WASI preview 1: registration, and the switch that runs a function by its number.
using Wamr.Nano.Core.Run;

namespace Wamr.Nano.Core.Host.Wasi;

/// <summary>
/// The functions are a family of host functions, with one switch in flash instead of a row for each. In C#, a table of function pointers
/// cannot be constant data, so 46 rows would take 920 bytes of RAM on a 32-bit machine; the family takes 40. Each function receives its
/// argument slots, and checks every address in them before it writes anything.
/// </summary>
internal static unsafe class WasiModule
{
    /// <summary>Offers WASI to modules that are instantiated from now on. Its input and output use <c>PlatformHooks</c>.</summary>
    /// <returns><see cref="WasmError.OutOfMemory"/>.</returns>
    internal static WasmError Register(Runtime* rt) => HostFuncs.RegisterFamily(rt, &WasiNames.Find, &Call);

    private static WasmError Call(ExecEnv* env, void* slots, void* number) =>
        Serve(env, (uint*)slots, (WasiFunction)(byte)(nuint)number, 0);

    /// <summary>Runs a function; its error number becomes the result.</summary>
    /// <param name="env">The environment.</param>
    /// <param name="a">Arguments, then the result.</param>
    /// <param name="function">Which function.</param>
    /// <param name="skew">By how many bytes two structures of preview 0 differ; 0 for preview 1.</param>
    /// <returns><see cref="WasmError.ProcExit"/> for proc_exit.</returns>
    internal static WasmError Serve(ExecEnv* env, uint* a, WasiFunction function, uint skew)
    {
        if (function == WasiFunction.ProcExit)
        {
            env->Instance->Runtime->ExitCode = a[0];
            return WasmError.ProcExit;
        }
        a[0] = (uint)Dispatch(env, function, a, skew);
        return WasmError.None;
    }

    private static Errno Dispatch(ExecEnv* env, WasiFunction function, uint* a, uint skew) => function switch
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
        WasiFunction.FdClose => WasiDescriptors.Close(env, a),
        WasiFunction.FdRenumber => WasiDescriptors.Renumber(env, a),
        WasiFunction.FdFdstatGet => WasiDescriptors.FdstatGet(env, a),
        WasiFunction.FdFdstatSetFlags => WasiDescriptors.SetFlags(env, a),
        WasiFunction.FdFilestatGet => WasiDescriptors.FilestatGet(env, a, skew),
        WasiFunction.PollOneoff => WasiPoll.Oneoff(env, a, skew),
        WasiFunction.SchedYield => Errno.Success,
        _ => WasiDescriptors.Refuse(env, function, a),
    };
}
