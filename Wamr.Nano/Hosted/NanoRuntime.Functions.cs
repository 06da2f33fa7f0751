// SPDX-License-Identifier: MIT
// Host functions: what apps import from .NET.
using System;
using Wamr.Nano.Core;
using Wamr.Nano.Core.Host;
using Wamr.Nano.Core.Host.Wasi;
using Wamr.Nano.Core.Run;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano;

public sealed unsafe partial class NanoRuntime
{
    /// <summary>
    /// Defines a host function that works on <see cref="WasmValue"/>s, with any number of parameters and results. The definition applies to
    /// modules that are instantiated afterwards. If a name is defined several times, the newest definition wins.
    /// </summary>
    /// <param name="module">The module name from which apps import.</param>
    /// <param name="name">The name of the function.</param>
    /// <param name="signature">
    /// The parameters in parentheses, then the results, one letter each: i for i32, I for i64, f for f32, F for f64, r for externref, n for
    /// funcref. Three more letters stand for i32 parameters that the runtime checks before it calls the function: *~ for an address and a
    /// number of bytes there, * alone for the address of one byte, $ for the address of a text that ends with a zero byte. If an app
    /// imports the function with another type, it is not instantiated (WN4002).
    /// </param>
    /// <param name="function">The function.</param>
    /// <exception cref="ArgumentException">The signature is malformed.</exception>
    /// <exception cref="WasmException">The pool is full (WN2001).</exception>
    /// <example>
    /// <code>
    /// // int add(int a, int b); void print(const char *text);
    /// runtime.DefineFunction("env", "add", "(ii)i", (_, a, results) =&gt; results[0] = (int)a[0] + (int)a[1]);
    /// runtime.DefineFunction("env", "print", "($)", (caller, a, _) =&gt; Console.Write(caller.Memory.ReadString((uint)a[0])));
    /// </code>
    /// </example>
    public void DefineFunction(string module, string name, string signature, HostFunction function)
    {
        ArgumentNullException.ThrowIfNull(function);
        (ValType[] parameters, ValType[] results) = HostSignature.Parse(signature);
        Define(module, name, signature, (caller, slots) =>
        {
            Span<WasmValue> values = stackalloc WasmValue[parameters.Length + results.Length];
            uint* at = slots;
            for (int i = 0; i < parameters.Length; at += ValTypes.Slots(parameters[i++]))
                values[i] = WasmValue.FromSlots(parameters[i], at);
            Span<WasmValue> filled = values[parameters.Length..];
            function(caller, values[..parameters.Length], filled);
            at = slots;
            for (int i = 0; i < results.Length; i++)
            {
                if ((ValType)filled[i].Type != results[i])
                    throw new InvalidOperationException(
                        $"{module}.{name} is {signature}: result {i} is {(WasmType)results[i]}, and was given as {filled[i].Type}");
                at += NanoInstance.Store(_runtime, filled[i], at);
            }
        });
    }

    /// <summary>
    /// Lets apps import WASI preview 1 (<c>wasi_snapshot_preview1</c>): arguments, environment, clocks, random numbers, standard streams.
    /// This also provides preview 0 (<c>wasi_unstable</c>) and AssemblyScript's <c>env.abort</c>, which prints its message on the error
    /// stream and traps. Functions that you define under the same names take precedence, in whatever order you define them.
    /// </summary>
    /// <exception cref="WasmException">The pool is full (WN2001).</exception>
    /// <example>
    /// <code>
    /// runtime.AddWasi();
    /// using NanoInstance program = module.Instantiate(new()
    /// {
    ///     Arguments = ["hello", "world"],
    ///     Environment = ["LANG=en"],
    /// });
    /// int exitCode = program.RunProgram();
    /// </code>
    /// </example>
    public void AddWasi()
    {
        Check(WasiAndKin.Register(Pointer));
        Host.HasWasi = true;
    }

    /// <summary>Like <see cref="AddWasi"/>, but as on boards: only preview 1, and all streams are terminals.</summary>
    /// <exception cref="WasmException">The pool is full (WN2001).</exception>
    internal void AddWasiOfBoards()
    {
        Check(WasiModule.Register(Pointer));
        Host.HasWasi = true;
        Host.StreamKinds = (uint)StreamKind.Terminal;
    }

    /// <summary>
    /// Lets apps import the functions of the samples: <c>sensor.read(i32 channel) -> i32</c>, which calls
    /// <see cref="NanoRuntimeOptions.ReadSensor"/>, and <c>console.print(i32 address, i32 bytes)</c>, which prints text on the standard
    /// output.
    /// </summary>
    /// <exception cref="WasmException">The pool is full (WN2001).</exception>
    public void AddSensorModule()
    {
        // Not the core's functions, which native code calls by itself: a stream and a sensor may call the app, and a sensor may throw.
        Define("console", "print", "(*~)", HostForm.Cells, &HostContext.Print, null);
        DefineFunc("sensor", "read", Host.ReadSensor);
    }

    private void Define(string module, string name, string signature, SlotsFunction function)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(name);
        Host.Functions.Add(new(function, AppAddresses.LettersOf(signature)));
        Define(module, name, signature, HostForm.Slots, &HostContext.Call, (void*)(Host.Functions.Count - 1));
    }

    private void Define(string module, string name, string signature, HostForm form, delegate*<ExecEnv*, void*, void*, WasmError> function,
        void* userData)
    {
        Runtime* runtime = Pointer;
        HostFunc* row = (HostFunc*)_handle.Allocate((nuint)sizeof(HostFunc));
        *row = default;
        row->Name = _handle.Text(name);
        row->Signature = _handle.Text(signature);
        row->Function = function;
        row->UserData = userData;
        row->Form = form;
        Check(HostFuncs.Register(runtime, _handle.Text(module), row, 1));
    }
}
