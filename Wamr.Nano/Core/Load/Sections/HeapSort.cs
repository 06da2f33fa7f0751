// SPDX-License-Identifier: MIT
// Heap sort of numbers by a comparison function: in place, in n log n steps for any input.
namespace Wamr.Nano.Core.Load.Sections;

internal static unsafe class HeapSort
{
    /// <summary>Sorts so that <paramref name="compare"/>(context, earlier, later) is never positive.</summary>
    internal static void Sort(uint* items, uint count, void* context, delegate*<void*, uint, uint, int> compare)
    {
        for (uint root = count / 2; root-- != 0;) Sift(items, root, count, context, compare);
        for (uint last = count; last-- > 1;)
        {
            uint largest = items[0];
            items[0] = items[last];
            items[last] = largest;
            Sift(items, 0, last, context, compare);
        }
    }

    /// <summary>Moves the item at <paramref name="root"/> down until none below it is larger.</summary>
    private static void Sift(uint* items, uint root, uint count, void* context, delegate*<void*, uint, uint, int> compare)
    {
        uint item = items[root];
        while (root < count / 2)
        {
            uint child = 2 * root + 1;
            if (child + 1 < count && compare(context, items[child], items[child + 1]) < 0) child++;
            if (compare(context, item, items[child]) >= 0) break;
            items[root] = items[child];
            root = child;
        }
        items[root] = item;
    }
}
