// SPDX-License-Identifier: MIT
// The producers section of the tool conventions: fields, each with names of tools and their versions.
using System;
using System.Collections.Generic;

namespace Wamr.Nano;

/// <summary>A tool that took part in making a module.</summary>
internal readonly record struct ProducingTool(string Field, string Name, string Version);

internal static class ProducersSection
{
    internal const string Name = "producers";

    /// <summary>The tools, as far as the section can be read.</summary>
    /// <param name="section">The contents of the section after its name; empty if there is none.</param>
    /// <param name="isSound">Whether it is complete, and nothing follows it.</param>
    internal static IReadOnlyList<ProducingTool> Read(ReadOnlySpan<byte> section, out bool isSound)
    {
        ModuleSections.TextReader text = new(section);
        List<ProducingTool> tools = [];
        for (uint fields = text.Count(); fields != 0 && text.IsSound; fields--)
        {
            string field = text.Name();
            for (uint left = text.Count(); left != 0 && text.IsSound; left--)
            {
                string name = text.Name(), version = text.Name();
                if (name.Length != 0) tools.Add(new(field, name, version));
            }
        }
        isSound = text.IsSound && text.Rest.IsEmpty;
        return tools;
    }
}
