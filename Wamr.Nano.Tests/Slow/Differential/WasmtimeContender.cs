// SPDX-License-Identifier: MIT
// Wasmtime as an oracle.
using System;
using System.Collections.Generic;
using System.Linq;
using WasmError = Wamr.Nano.Core.WasmError;

namespace Wamr.Nano.Tests.Slow.Differential;

using Wasmtime; // inside: its names come before the core's

internal sealed class WasmtimeContender : IContender
{
    private readonly Engine _engine = WasmtimeOracle.NewEngine();

    public string Name => "Wasmtime";

    public IReadOnlyList<Trace> Run(IReadOnlyList<Case> cases) => [.. cases.Select(Run)];

    public void Dispose() => _engine.Dispose();

    private Trace Run(Case @case)
    {
        Trace trace = new();
        using Store store = new(_engine);
        store.SetLimits(ContestLimits.MemoryBytes, ContestLimits.TableElements, null, null, null);
        List<(string Name, Module Module, Instance Instance)> made = [];
        try
        {
            foreach (NamedModule named in @case.Modules)
            {
                Module module = Module.FromBytes(_engine, named.Name, named.Binary);
                made.Add((named.Name, module, Instantiate(store, module, made, trace)));
            }
        }
        catch (TrapException trap)
        {
            trace.Trapped("instantiation", ErrorOf(trap.Type));
            return trace;
        }
        catch (WasmtimeException e) when (e.Message.Contains("is not valid", StringComparison.Ordinal))
        {
            trace.Refused();
            return trace;
        }
        if (@case.Calls.All(call => Invoke(store, made[^1].Instance, call, trace)))
            foreach ((_, Module module, Instance instance) in made) Record(module, instance, trace);
        foreach ((_, Module module, _) in made) module.Dispose();
        return trace;
    }

    private static Instance Instantiate(Store store, Module module, List<(string Name, Module, Instance Instance)> made, Trace trace)
    {
        object[] imports = [.. module.Imports.Select(import =>
            made.Where(other => other.Name == import.ModuleName).Select(other => Exported(other.Instance, import)).FirstOrDefault()
                ?? Host(store, import, trace))];
        Instance instance = new(store, module, imports);
        trace.Add("instantiated");
        return instance;
    }

    private static object? Exported(Instance instance, Import import) => import switch
    {
        FunctionImport => instance.GetFunction(import.Name),
        MemoryImport => instance.GetMemory(import.Name),
        GlobalImport => instance.GetGlobal(import.Name),
        _ => instance.GetTable(import.Name),
    };

    private static Function Host(Store store, Import import, Trace trace)
    {
        if (import is not FunctionImport function) throw new WasmtimeException($"the host has no {import.ModuleName}.{import.Name}");
        string type = $"{WasmtimeValues.Letters(function.Parameters)}:{WasmtimeValues.Letters(function.Results)}", name = import.Name;
        return Function.FromCallback(store, (Caller _, ReadOnlySpan<ValueBox> arguments, Span<ValueBox> results) =>
        {
            ulong[] bits = new ulong[arguments.Length];
            for (int n = 0; n < bits.Length; n++) bits[n] = WasmtimeValues.BitsOf(type[n], arguments[n], store);
            ulong[] answer = HostRule.Answer(name, type, bits, trace);
            for (int n = 0; n < answer.Length; n++) results[n] = WasmtimeValues.BoxOf(type[bits.Length + 1 + n], answer[n]);
        }, function.Parameters, function.Results);
    }

    private static bool Invoke(Store store, Instance instance, Call call, Trace trace)
    {
        try
        {
            ValueBox[] arguments = new ValueBox[call.Arguments.Length];
            for (int n = 0; n < arguments.Length; n++) arguments[n] = WasmtimeValues.BoxOf(call.Parameters[n], call.Arguments[n]);
            object? result = instance.GetFunction(call.Export)!.Invoke(arguments);
            object?[] results = call.Results.Length == 1 ? [result] : result as object?[] ?? [];
            trace.Returned(call, [.. results.Select(WasmtimeValues.BitsOf)]);
            return true;
        }
        catch (TrapException trap)
        {
            return trace.Trapped(call.Export, ErrorOf(trap.Type));
        }
    }

    private static void Record(Module module, Instance instance, Trace trace)
    {
        foreach (Export export in module.Exports)
            switch (export)
            {
                case MemoryExport:
                    Wasmtime.Memory memory = instance.GetMemory(export.Name)!;
                    trace.Memory(export.Name, memory.GetSpan(0, (int)memory.GetLength()));
                    break;
                case GlobalExport global:
                    trace.Global(export.Name, WasmtimeValues.Letter(global.Kind),
                        WasmtimeValues.BitsOf(instance.GetGlobal(export.Name)!.GetValue()));
                    break;
                case TableExport:
                    Table table = instance.GetTable(export.Name)!;
                    trace.Table(export.Name, Enumerable.Range(0, (int)table.GetSize())
                        .Select(n => WasmtimeValues.IsNull(table.GetElement((uint)n))));
                    break;
            }
    }

    private static WasmError ErrorOf(TrapCode code) => code switch
    {
        TrapCode.StackOverflow => WasmError.NativeStackOverflow,
        TrapCode.MemoryOutOfBounds => WasmError.MemoryOutOfBounds,
        TrapCode.TableOutOfBounds => WasmError.TableOutOfBounds,
        TrapCode.IndirectCallToNull => WasmError.UninitializedElement,
        TrapCode.BadSignature => WasmError.IndirectCallTypeMismatch,
        TrapCode.IntegerOverflow => WasmError.IntegerOverflow,
        TrapCode.IntegerDivisionByZero => WasmError.IntegerDivideByZero,
        TrapCode.BadConversionToInteger => WasmError.InvalidConversionToInteger,
        TrapCode.Unreachable => WasmError.Unreachable,
        _ => throw new NotSupportedException($"Wasmtime trapped with {code}"),
    };
}
