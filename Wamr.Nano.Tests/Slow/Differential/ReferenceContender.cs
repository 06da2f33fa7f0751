// SPDX-License-Identifier: MIT
// The reference evaluator as an oracle: instances are the core's, what they do afterwards is its own.
using System.Collections.Generic;
using System.Linq;
using Wamr.Nano.Tests.TestKit.Reference;

namespace Wamr.Nano.Tests.Slow.Differential;

internal sealed unsafe class ReferenceContender : CoreContender
{
    public override string Name => "reference";

    protected override void Play(Case @case, CoreWorld world, Trace trace)
    {
        List<ReferenceInstance> instances = [];
        for (int n = 0; n < world.Count; n++)
        {
            Instance* instance = world.InstanceOf(n);
            instances.Add(ReferenceInstance.Of(instance, world.ModuleOf(n), instances,
                import => arguments => world.Answer(instance, import, arguments)));
        }
        ReferenceMachine machine = new(instances);
        if (!@case.Calls.All(call => Invoke(machine, instances[^1], call, trace))) return;
        foreach (ReferenceInstance instance in instances) Record(instance, trace);
    }

    private static bool Invoke(ReferenceMachine machine, ReferenceInstance instance, Call call, Trace trace)
    {
        const ulong Enough = 1 << 24;
        machine.Frames.Clear();
        (machine.Fuel, machine.Slice, machine.Later, machine.Trap) = (Enough, Enough, 0, WasmError.None);
        CoreExport export = CoreExport.Of(instance.Module).Single(export => export.Name == call.Export);
        ulong[] results = machine.Enter(instance.Functions[export.Index], call.Arguments);
        if (machine.Trap != WasmError.None) return trace.Trapped(call.Export, machine.Trap);
        trace.Returned(call, results);
        return true;
    }

    private static void Record(ReferenceInstance instance, Trace trace)
    {
        foreach (CoreExport export in CoreExport.Of(instance.Module))
            switch (export.Kind)
            {
                case ExternKind.Memory: trace.Memory(export.Name, instance.Memory!.Bytes); break;
                case ExternKind.Global: trace.Global(export.Name, export.Type[0], instance.Globals[export.Index].Value); break;
                case ExternKind.Table: trace.Table(export.Name,
                    instance.Tables[export.Index].Elements.Select(element => element == 0)); break;
            }
    }
}
