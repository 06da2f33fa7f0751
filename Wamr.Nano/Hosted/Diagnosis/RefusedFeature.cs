// SPDX-License-Identifier: MIT
// Explains that a module was refused because of an unsupported feature: its name, the module's compiler, and the option that turns the
// feature off.
using System;
using System.Collections.Generic;
using System.Linq;
using Wamr.Nano.Core;

namespace Wamr.Nano;

/// <summary>Cause and next step instead of those in the error's row; none if the row says everything.</summary>
internal sealed record RefusedFeature(string Cause, string NextStep)
{
    /// <summary>Features of this runtime that can be switched off, in words.</summary>
    private static readonly (Features Feature, string Name)[] Switches =
    [
        (Features.MutableGlobals, "mutable globals"), (Features.SignExtension, "sign extension"),
        (Features.SaturatingConversions, "saturating conversions"),
        (Features.MultiValue, "several results (multi-value)"), (Features.BulkMemory, "bulk memory"),
        (Features.ReferenceTypes, "reference types"),
        (Features.ExtendedConst, "extended constant expressions"), (Features.TailCalls, "tail calls"),
        (Features.CustomPageSizes, "custom page sizes"),
        (Features.WideArithmetic, "wide arithmetic"),
    ];

    /// <summary>Like the overload below. Of a module that is longer than a span can be, it uses only the first 2 GB.</summary>
    internal static unsafe RefusedFeature? Of(WasmError error, in ErrorInfo info, byte* module, uint size) =>
        Of(error, info, new ReadOnlySpan<byte>(module, (int)Math.Min(size, int.MaxValue)));

    /// <param name="error">Why the loader refused it.</param>
    /// <param name="info">Where.</param>
    /// <param name="module">The module.</param>
    /// <returns>Null if it is not a matter of features.</returns>
    internal static RefusedFeature? Of(WasmError error, in ErrorInfo info, ReadOnlySpan<byte> module)
    {
        if (error == WasmError.FeatureDisabled) return Disabled((Features)info.Asked);
        if (error == WasmError.BadMagic || module.IsEmpty) return OtherFormat.Of(module);
        if (ProposalFinder.Find(error, info.Offset, module) is not FoundProposal found) return null;
        ModuleOrigin origin = ModuleOrigin.Of(module);
        string what = found.What.Length == 0 ? "" : $" ({found.What})",
            made = origin.Text.Length == 0 ? "" : $"it was made by {origin.Text}; ";
        string[] others = [.. Others(found.Proposal, module)];
        string also = others.Length == 0 ? "" : $"its target_features section allows {string.Join(", ", others)}, too; ";
        return new($"the module uses {found.Proposal.Name}{what}, which this runtime does not have",
            made + also + found.Proposal.Advice(origin.Producer));
    }

    private static RefusedFeature? Disabled(Features features)
    {
        string[] names = [.. Switches.Where(one => (features & one.Feature) != 0).Select(one => one.Name)];
        return names.Length == 0 ? null
            : new($"the module uses {string.Join(", ", names)}, which {(names.Length == 1 ? "is" : "are")} switched off",
                ErrorTexts.Row(WasmError.FeatureDisabled).NextStep);
    }

    /// <summary>Further unsupported features that the module may use, so that the user needs to rebuild only once.</summary>
    private static IEnumerable<string> Others(Proposal found, ReadOnlySpan<byte> module)
    {
        IReadOnlyList<string> declared = ModuleOrigin.DeclaredFeatures(module);
        return Proposal.All.Where(one => one.Declared != null && one.Declared != found.Declared && declared.Contains(one.Declared))
            .Select(one => one.Name).Distinct();
    }
}
