// SPDX-License-Identifier: MIT
// What every engine is asked to do: modules and calls, decided before any engine sees them.
using System.Collections.Generic;

namespace Wamr.Nano.Tests.Slow.Differential;

/// <summary>Modules to instantiate in order, and calls of exports of the last one.</summary>
/// <param name="Name">Says how to make the case again.</param>
/// <param name="Modules">Each may import what those before it export, under their names. Any other
/// function is the host's: see <see cref="HostRule"/>.</param>
/// <param name="Calls">In this order. A trap ends one call, not the case.</param>
internal sealed record Case(string Name, IReadOnlyList<NamedModule> Modules, IReadOnlyList<Call> Calls);

/// <param name="Name">What other modules import it as.</param>
/// <param name="Binary">WebAssembly in the binary format.</param>
internal sealed record NamedModule(string Name, byte[] Binary);

/// <param name="Export">Name of a function.</param>
/// <param name="Type">Its type by letters, as in <see cref="TestKit.ModuleBuilder"/>: "iI:f".</param>
/// <param name="Arguments">Bits of the arguments; 0 for a null reference.</param>
internal sealed record Call(string Export, string Type, ulong[] Arguments)
{
    public string Parameters => Type[..Type.IndexOf(':')];

    public string Results => Type[(Type.IndexOf(':') + 1)..];
}
