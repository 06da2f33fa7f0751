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
    /// <param name="stackBytes">Size of the operand stack; 0: as the instance's options say.</param>
    /// <param name="env">Null on failure.</param>
    /// <returns>OUT_OF_MEMORY; BAD_ARGUMENT below 64 bytes of stack, unless the instance has native code.</returns>
    [UnmanagedCallersOnly(EntryPoint = "wamr_nano_exec_env_create")]
    private static WasmError Create(Instance* instance, uint stackBytes, ExecEnv** env) => ExecEnvs.Create(instance, stackBytes, env);

    /// <summary>
    /// As <see cref="ExecEnvApi.Create"/>, in a buffer of yours, which must outlive the environment. Takes no memory of the runtime. At
    /// most 88 bytes of the buffer are no operand stack; where pointers have 64 bits, 136.
    /// </summary>
    /// <param name="instance">Cannot be freed before the environment.</param>
    /// <param name="buffer">Any alignment.</param>
    /// <param name="bytes">Size of the buffer.</param>
    /// <param name="env">Null on failure.</param>
    /// <returns>BAD_ARGUMENT if less than 64 bytes of operand stack are left.</returns>
    [UnmanagedCallersOnly(EntryPoint = "wamr_nano_exec_env_create_in")]
    private static WasmError CreateIn(Instance* instance, void* buffer, uint bytes, ExecEnv** env) =>
        ExecEnvs.CreateIn(instance, buffer, bytes, env);

    /// <summary>Gives an environment back; null is allowed. A call that waits for fuel is given up.</summary>
    /// <returns>INSTANCE_IN_USE while a call runs in it.</returns>
    [UnmanagedCallersOnly(EntryPoint = "wamr_nano_exec_env_free")]
    private static WasmError Free(ExecEnv* env) => env == null ? WasmError.None : ExecEnvs.Free(env);

    /// <summary>The instance whose code runs: in a host function, the one that called it.</summary>
    [UnmanagedCallersOnly(EntryPoint = "wamr_nano_exec_env_instance")]
    private static Instance* InstanceOf(ExecEnv* env) => env->Instance;

    /// <summary>Calls an exported function.</summary>
    /// <param name="env">The environment in which it runs.</param>
    /// <param name="name">Name of the export.</param>
    /// <param name="slots">Arguments, then results: 32 bits each; an i64 or f64 takes two, the low one first.</param>
    /// <param name="slotCount">How many slots there are: at least as many as the arguments need, and as the results need.</param>
    /// <returns>UNKNOWN_EXPORT, ARGUMENT_COUNT_MISMATCH, or the trap. FUEL_EXHAUSTED: see <see cref="ExecEnvApi.Resume"/>.</returns>
    [UnmanagedCallersOnly(EntryPoint = "wamr_nano_call")]
    private static WasmError Call(ExecEnv* env, [CType("const char *")] byte* name, uint* slots, uint slotCount) =>
        Calls.ByName(env, name, Text.Length(name), slots, slotCount);

    /// <summary>As <see cref="ExecEnvApi.Call"/>, by a function's index in the environment's instance.</summary>
    /// <returns>UNKNOWN_FUNCTION, ARGUMENT_COUNT_MISMATCH, or the trap.</returns>
    [UnmanagedCallersOnly(EntryPoint = "wamr_nano_call_function")]
    private static WasmError CallFunction(ExecEnv* env, uint function, uint* slots, uint slotCount)
    {
        if (function >= env->Instance->Module->FunctionCount)
            return Runtimes.Fail(env->Instance->Runtime, WasmError.UnknownFunction, ErrorInfo.Unknown, function);
        WasmError error = Calls.CheckSlots(env->Instance, function, slotCount);
        return error == WasmError.None ? Calls.Function(env, function, slots) : error;
    }

    /// <summary>
    /// As <see cref="ExecEnvApi.Call"/>, of the function that a table of the environment's instance holds. A function pointer of an app
    /// in C, C++ or Rust is an element of table 0. The app chose it: its type may be another than you expect.
    /// </summary>
    /// <returns>
    /// UNKNOWN_TABLE, UNDEFINED_ELEMENT beyond the table, UNINITIALIZED_ELEMENT of null, ARGUMENT_COUNT_MISMATCH, or the trap.
    /// </returns>
    [UnmanagedCallersOnly(EntryPoint = "wamr_nano_call_element")]
    private static WasmError CallElement(ExecEnv* env, uint table, uint element, uint* slots, uint slotCount)
    {
        Instance* here = env->Instance;
        if (table >= here->Module->TableCount || here->Tables[table]->ElemType != ValType.FuncRef)
            return Runtimes.Fail(here->Runtime, WasmError.UnknownTable, ErrorInfo.Unknown, table);
        TableInst* elements = here->Tables[table];
        if (element >= elements->Size) return Runtimes.Fail(here->Runtime, WasmError.UndefinedElement, ErrorInfo.Unknown, element);
        Instance* target = FuncRef.InstanceOf(here->Runtime, elements->Elements[element]);
        uint function = FuncRef.FunctionOf(elements->Elements[element]);
        if (target == null || function >= target->Module->FunctionCount)
            return Runtimes.Fail(here->Runtime, WasmError.UninitializedElement, ErrorInfo.Unknown, element);
        WasmError error = Calls.CheckSlots(target, function, slotCount);
        return error == WasmError.None ? CallIn(env, target, function, slots) : error;
    }

    /// <summary>
    /// Goes on with a call that stopped with FUEL_EXHAUSTED. Set fuel before. The slots need room for the results. Any other call in the
    /// environment gives up the one that waits. Native code, and calls from host functions, cannot be resumed.
    /// </summary>
    /// <returns>NOT_SUSPENDED if no call waits; ARGUMENT_COUNT_MISMATCH; else as <see cref="ExecEnvApi.Call"/>.</returns>
    [UnmanagedCallersOnly(EntryPoint = "wamr_nano_resume")]
    private static WasmError Resume(ExecEnv* env, uint* slots, uint slotCount)
    {
        if (env->Suspended == 0) return Runtimes.Fail(env->Instance->Runtime, WasmError.NotSuspended);
        if (slotCount < env->SuspendedResults)
            return Runtimes.FailValue(env->Instance->Runtime, WasmError.ArgumentCountMismatch, env->SuspendedResults, slotCount);
        return Calls.Resume(env, slots);
    }

    /// <summary>
    /// Runs <c>_initialize</c>, which a WASI reactor exports: an app without <c>_start</c>. Does nothing if the app has none. Call it
    /// once, before any other function.
    /// </summary>
    /// <returns>The trap.</returns>
    [UnmanagedCallersOnly(EntryPoint = "wamr_nano_initialize")]
    private static WasmError Initialize(ExecEnv* env) => Calls.Initialize(env, null, 0);

    /// <summary>Runs <c>_start</c> of a WASI program.</summary>
    /// <param name="env">Where it runs.</param>
    /// <param name="exitCode">0 unless the program set another one. May be null.</param>
    /// <returns>
    /// OK when the program returned or exited; UNKNOWN_EXPORT, or the trap. After FUEL_EXHAUSTED, <see cref="ExecEnvApi.Resume"/> ends
    /// with PROC_EXIT if the program exits; <see cref="RuntimeApi.ExitCode"/> has its code.
    /// </returns>
    [UnmanagedCallersOnly(EntryPoint = "wamr_nano_run_program")]
    private static WasmError RunProgram(ExecEnv* env, uint* exitCode)
    {
        if (exitCode != null) *exitCode = 0;
        System.ReadOnlySpan<byte> start = "_start"u8;
        uint none;
        WasmError error;
        fixed (byte* name = start) error = Calls.ByName(env, name, (uint)start.Length, &none, 0);
        if (error != WasmError.ProcExit) return error;
        if (exitCode != null) *exitCode = env->Instance->Runtime->ExitCode;
        return WasmError.None;
    }

    /// <summary>
    /// Sets how much fuel all calls from now on have together: a call or a turn of a loop costs a unit, or more if its code is long. At
    /// first, and after UINT64_MAX, there is no limit.
    /// </summary>
    [UnmanagedCallersOnly(EntryPoint = "wamr_nano_set_fuel")]
    private static void SetFuel(ExecEnv* env, ulong fuel)
    {
        ExecEnvs.SetFuel(env, fuel);
        if (fuel == ulong.MaxValue) env->FuelLimited = 0;
    }

    /// <summary>Fuel that is left; UINT64_MAX without a limit. In a host function, up to 1,024 units of it may be missing.</summary>
    [UnmanagedCallersOnly(EntryPoint = "wamr_nano_fuel")]
    private static ulong FuelOf(ExecEnv* env) => env->FuelLimited == 0 ? ulong.MaxValue : env->Fuel;

    /// <summary>
    /// Sets how many nanoseconds from now calls may run, by the platform's clock 1; 0: no limit. Then they end with TIME_EXCEEDED.
    /// </summary>
    [UnmanagedCallersOnly(EntryPoint = "wamr_nano_set_time_limit")]
    private static void SetTimeLimit(ExecEnv* env, ulong nanoseconds) => ExecEnvs.SetTimeLimit(env, nanoseconds);

    /// <summary>
    /// 1: what runs in the environment ends with TERMINATED, at the latest after 1,024 units of fuel, and so do all calls until you set
    /// 0. May be called from another thread, or from an interrupt.
    /// </summary>
    [UnmanagedCallersOnly(EntryPoint = "wamr_nano_terminate")]
    private static void Terminate(ExecEnv* env, byte end) => env->Terminate = end != 0 ? ExecEnv.End : ExecEnv.GoOn;

    /// <summary>Stores a pointer in the environment, for use by your host functions.</summary>
    [UnmanagedCallersOnly(EntryPoint = "wamr_nano_set_user_data")]
    private static void SetUserData(ExecEnv* env, void* data) => env->UserData = data;

    /// <summary>The pointer of <see cref="ExecEnvApi.SetUserData"/>, or null.</summary>
    [UnmanagedCallersOnly(EntryPoint = "wamr_nano_user_data")]
    private static void* UserData(ExecEnv* env) => env->UserData;

    /// <summary>The trap that ended the last call, or the exception that a host function set; OK if neither.</summary>
    [UnmanagedCallersOnly(EntryPoint = "wamr_nano_exception")]
    private static WasmError Exception(ExecEnv* env) => env->Trap;

    /// <summary>
    /// Sets an exception: the running host function traps with it, whatever it returns. OK clears it: call this after a trap in a call of
    /// the host function's own, to go on.
    /// </summary>
    [UnmanagedCallersOnly(EntryPoint = "wamr_nano_set_exception")]
    private static void SetException(ExecEnv* env, WasmError exception)
    {
        if (exception == WasmError.None) ExecEnvs.ClearException(env);
        else ExecEnvs.SetException(env, exception);
    }

    /// <summary>
    /// Fills in the innermost frame of the last call, if it trapped. Walk the frames before the next call in the environment.
    /// </summary>
    /// <returns>0 if there is none, else 1.</returns>
    [UnmanagedCallersOnly(EntryPoint = "wamr_nano_first_frame")]
    private static byte FirstFrame(ExecEnv* env, CallFrame* frame) => Boards.Profile.First(env, frame) ? (byte)1 : (byte)0;

    /// <summary>Replaces a frame by its caller's.</summary>
    /// <returns>0 after the outermost one, else 1.</returns>
    [UnmanagedCallersOnly(EntryPoint = "wamr_nano_next_frame")]
    private static byte NextFrame(ExecEnv* env, CallFrame* frame) => Boards.Profile.Next(env, frame) ? (byte)1 : (byte)0;

    /// <summary>Offset of a frame's instruction in the .wasm file; 0xffffffff if it is not known, as in a bytecode image.</summary>
    [UnmanagedCallersOnly(EntryPoint = "wamr_nano_frame_offset")]
    private static uint FrameOffset([CType("const wamr_nano_frame *")] CallFrame* frame) => Boards.Profile.WasmOffset(frame);

    /// <summary>Calls a function of any instance. Neither sees what the other one has left on the stack.</summary>
    private static WasmError CallIn(ExecEnv* env, Instance* target, uint function, uint* slots)
    {
        Instance* here = env->Instance;
        if (target == here) return Calls.Function(env, function, slots);
        ExecEnvs.Hide(env, target, env->StackTop);
        env->Instance = target;
        WasmError error = Calls.Function(env, function, slots);
        env->Instance = here;
        if (env->Suspended == 0) ExecEnvs.Hide(env, here, env->StackTop);
        return error;
    }
}
