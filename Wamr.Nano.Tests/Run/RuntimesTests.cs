// SPDX-License-Identifier: MIT
// A runtime is made in memory that holds anything: that of a device is not cleared.
using System;
using System.Linq;
using System.Reflection;
using Xunit;

namespace Wamr.Nano.Tests.Run;

public unsafe class RuntimesTests
{
    [Fact]
    public void A_runtime_depends_on_nothing_that_its_memory_held_before()
    {
        Runtime zeros = default, ones;
        new Span<byte>(&ones, sizeof(Runtime)).Fill(0xA5);
        // The allocator is the embedder's to make, and comes first.
        ones.Allocator = default;
        Runtimes.Init(&zeros, null, Features.All);
        Runtimes.Init(&ones, null, Features.All);
        foreach (FieldInfo field in typeof(Runtime).GetFields(BindingFlags.Instance | BindingFlags.NonPublic).Where(IsWord))
            Assert.Equal((field.Name, Word(field, zeros)), (field.Name, Word(field, ones)));
    }

    private static object Word(FieldInfo field, object runtime) =>
        field.GetValue(runtime) is var value && value is Pointer pointer ? (nint)Pointer.Unbox(pointer) : value!;

    /// <summary>Structures are assigned whole; what lies between their fields may stay.</summary>
    private static bool IsWord(FieldInfo field) =>
        field.FieldType.IsPrimitive || field.FieldType.IsPointer || field.FieldType.IsFunctionPointer;
}
