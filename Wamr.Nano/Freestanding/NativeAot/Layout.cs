// SPDX-License-Identifier: MIT
// What ILCompiler must find in its core library beside the types of CoreLib/: the head of an object, and a way to name functions of C.
using System.Runtime.CompilerServices;

namespace System
{
    public unsafe partial class Object
    {
        // Every object begins with its type. None is ever made.
        private void* methodTable;
    }
}

namespace System.Runtime
{
    /// <summary>Marks a method that runtime.c supplies, under the given name; called without a look at the garbage collector.</summary>
    internal sealed class RuntimeImportAttribute : Attribute
    {
        public RuntimeImportAttribute(string entry) { }
    }
}
