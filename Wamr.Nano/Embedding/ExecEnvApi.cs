// SPDX-License-Identifier: MIT
// C API: execution environments, and calls in them.
using System.Runtime.InteropServices;

namespace Wamr.Nano.Embedding;

internal static unsafe class ExecEnvApi
{
    /// <summary>
    /// Makes an execution environment: what a thread needs to run an instance. Its operand stack comes from the runtime's memory.
    /// </summary>
    /// <param name="instance">Cannot be freed before the environment.</param>
    /// <param name="stackBytes">Size of the operand stack in bytes; 0 for the size in the instance's options.</param>
    /// <param name="env">Null on failure.</param>
    /// <returns>OUT_OF_MEMORY; BAD_ARGUMENT below 64 bytes of stack.</returns>
    [UnmanagedCallersOnly(EntryPoint = "wamr_nano_exec_env_create")]
    private static WasmError Create(Instance* instance, uint stackBytes, ExecEnv** env) => ExecEnvs.Create(instance, stackBytes, env);

    /// <summary>
    /// Like <see cref="ExecEnvApi.Create"/>, but in your buffer, which must outlive the environment. Takes no memory of the runtime.
    /// </summary>
    /// <returns>BAD_ARGUMENT if the buffer is too small.</returns>
    [UnmanagedCallersOnly(EntryPoint = "wamr_nano_exec_env_create_in")]
    private static WasmError CreateIn(Instance* instance, void* buffer, uint bytes, ExecEnv** env) =>
        ExecEnvs.CreateIn(instance, buffer, bytes, env);

    /// <summary>Ends an environment. Abandons a call that waits for fuel.</summary>
    /// <returns>INSTANCE_IN_USE inside a call.</returns>
    [UnmanagedCallersOnly(EntryPoint = "wamr_nano_exec_env_free")]
    private static WasmError Free(ExecEnv* env) => ExecEnvs.Free(env);

    /// <summary>The instance whose code runs: in a host function, the one that called it.</summary>
    [UnmanagedCallersOnly(EntryPoint = "wamr_nano_exec_env_instance")]
    private static Instance* InstanceOf(ExecEnv* env) => env->Instance;

    /// <summary>Calls an exported function.</summary>
    /// <param name="env">The environment in which it runs.</param>
    /// <param name="name">Name of the export.</param>
    /// <param name="slots">Arguments, then results: 32 bits each; an i64 or f64 takes two, the low one first.</param>
    /// <param name="slotCount">The number of slots, which must suffice for the arguments and for the results.</param>
    /// <returns>UNKNOWN_EXPORT, ARGUMENT_COUNT_MISMATCH, or the trap. FUEL_EXHAUSTED: see <see cref="ExecEnvApi.Resume"/>.</returns>
    [UnmanagedCallersOnly(EntryPoint = "wamr_nano_call")]
    private static WasmError Call(ExecEnv* env, [CType("const char *")] byte* name, uint* slots, uint slotCount) =>
        Calls.ByName(env, name, Text.Length(name), slots, slotCount);

    /// <summary>Like <see cref="ExecEnvApi.Call"/>, for a function's index in the environment's instance.</summary>
    /// <returns>UNKNOWN_FUNCTION, ARGUMENT_COUNT_MISMATCH, or the trap.</returns>
    [UnmanagedCallersOnly(EntryPoint = "wamr_nano_call_function")]
    private static WasmError CallFunction(ExecEnv* env, uint function, uint* slots, uint slotCount)
    {
        Module* module = env->Instance->Module;
        if (function >= module->FunctionCount) return WasmError.UnknownFunction;
        FuncType* type = &module->Types[module->Functions[function].TypeIndex];
        uint needed = type->ParamSlots > type->ResultSlots ? type->ParamSlots : type->ResultSlots;
        if (slotCount < needed) return Runtimes.FailValue(env->Instance->Runtime, WasmError.ArgumentCountMismatch, needed, slotCount);
        return Calls.Function(env, function, slots);
    }

    /// <summary>Continues a call that stopped with FUEL_EXHAUSTED. Set its fuel first. The slots need room for the results.</summary>
    /// <returns>NOT_SUSPENDED if no call waits; ARGUMENT_COUNT_MISMATCH; otherwise as for <see cref="ExecEnvApi.Call"/>.</returns>
    [UnmanagedCallersOnly(EntryPoint = "wamr_nano_resume")]
    private static WasmError Resume(ExecEnv* env, uint* slots, uint slotCount)
    {
        if (env->Suspended == 0) return WasmError.NotSuspended;
        if (slotCount < env->SuspendedResults)
            return Runtimes.FailValue(env->Instance->Runtime, WasmError.ArgumentCountMismatch, env->SuspendedResults, slotCount);
        return Calls.Resume(env, slots);
    }

    /// <summary>
    /// Runs <c>_initialize</c> of a library (a WASI reactor), if there is one. Call it once, before any other function.
    /// </summary>
    [UnmanagedCallersOnly(EntryPoint = "wamr_nano_initialize")]
    private static WasmError Initialize(ExecEnv* env) => Calls.Initialize(env, null, 0);

    /// <summary>Runs <c>_start</c> of a WASI program. If the program exits, that is not a failure: its exit code is set.</summary>
    [UnmanagedCallersOnly(EntryPoint = "wamr_nano_run_program")]
    private static WasmError RunProgram(ExecEnv* env, uint* exitCode)
    {
        *exitCode = 0;
        System.ReadOnlySpan<byte> start = "_start"u8;
        uint none;
        WasmError error;
        fixed (byte* name = start) error = Calls.ByName(env, name, (uint)start.Length, &none, 0);
        if (error != WasmError.ProcExit) return error;
        *exitCode = env->Instance->Runtime->ExitCode;
        return WasmError.None;
    }

    /// <summary>
    /// Sets the fuel for all following calls together. A call or a loop iteration costs one unit, or more if its code is long.
    /// </summary>
    [UnmanagedCallersOnly(EntryPoint = "wamr_nano_set_fuel")]
    private static void SetFuel(ExecEnv* env, ulong fuel) => ExecEnvs.SetFuel(env, fuel);

    /// <summary>The fuel that is left.</summary>
    [UnmanagedCallersOnly(EntryPoint = "wamr_nano_fuel")]
    private static ulong FuelOf(ExecEnv* env) => env->Fuel;

    /// <summary>
    /// Limits the time of all following calls together, in nanoseconds of the platform's clock; 0: no limit. When it is over, calls end
    /// with TIME_EXCEEDED.
    /// </summary>
    [UnmanagedCallersOnly(EntryPoint = "wamr_nano_set_time_limit")]
    private static void SetTimeLimit(ExecEnv* env, ulong nanoseconds) => ExecEnvs.SetTimeLimit(env, nanoseconds);

    /// <summary>
    /// 1: ends the call that runs in the environment with TERMINATED, at its next check; further calls end at once until you set 0. You may
    /// call this from another thread, or from an interrupt.
    /// </summary>
    [UnmanagedCallersOnly(EntryPoint = "wamr_nano_terminate")]
    private static void Terminate(ExecEnv* env, byte end) => env->Terminate = end != 0 ? ExecEnv.End : ExecEnv.GoOn;

    /// <summary>Stores a pointer in the environment, for use by your host functions.</summary>
    [UnmanagedCallersOnly(EntryPoint = "wamr_nano_set_user_data")]
    private static void SetUserData(ExecEnv* env, void* data) => env->UserData = data;

    /// <summary>The pointer of <see cref="ExecEnvApi.SetUserData"/>, or null.</summary>
    [UnmanagedCallersOnly(EntryPoint = "wamr_nano_user_data")]
    private static void* UserData(ExecEnv* env) => env->UserData;

    /// <summary>The trap that ended the last call, or the exception that a host function set.</summary>
    [UnmanagedCallersOnly(EntryPoint = "wamr_nano_exception")]
    private static WasmError Exception(ExecEnv* env) => env->Trap;

    /// <summary>
    /// Sets the exception, with which the app traps when the running host function returns. 0 clears the trap of a callback that you have
    /// handled.
    /// </summary>
    [UnmanagedCallersOnly(EntryPoint = "wamr_nano_set_exception")]
    private static void SetException(ExecEnv* env, WasmError exception)
    {
        if (exception == WasmError.None) ExecEnvs.ClearException(env);
        else ExecEnvs.SetException(env, exception);
    }

    /// <summary>Gets the innermost frame of the last call, if that trapped.</summary>
    /// <returns>0 if there is none, otherwise 1.</returns>
    [UnmanagedCallersOnly(EntryPoint = "wamr_nano_first_frame")]
    private static byte FirstFrame(ExecEnv* env, CallFrame* frame) => Boards.Profile.First(env, frame) ? (byte)1 : (byte)0;

    /// <summary>Gets the caller of a frame.</summary>
    /// <returns>0 after the outermost frame, otherwise 1.</returns>
    [UnmanagedCallersOnly(EntryPoint = "wamr_nano_next_frame")]
    private static byte NextFrame(ExecEnv* env, CallFrame* frame) => Boards.Profile.Next(env, frame) ? (byte)1 : (byte)0;

    /// <summary>Offset of a frame's instruction in the .wasm file; 0xffffffff where it is not known.</summary>
    [UnmanagedCallersOnly(EntryPoint = "wamr_nano_frame_offset")]
    private static uint FrameOffset([CType("const wamr_nano_frame *")] CallFrame* frame) => Boards.Profile.WasmOffset(frame);
}
