// SPDX-License-Identifier: MIT
// Cuts the power at every step of a story, in every way, once or twice, and demands the old or the new state each time.

namespace Wamr.Nano.Tests.TestKit.Simulation;

/// <summary>What was tried, and the first thing that went wrong.</summary>
internal struct PowerLossResult
{
    internal uint Runs;

    /// <summary>Steps of the operation when nothing happens, and how many of them erase.</summary>
    internal uint Steps;
    internal uint Erases;

    /// <summary>0 for none.</summary>
    internal PowerLossFailure Failure;

    /// <summary>Where: step and way of the last power loss.</summary>
    internal uint Step;
    internal uint Way;
    internal WasmError Error;
}

internal enum PowerLossFailure : uint
{
    None,
    BadTables,
    Preparation,
    OperationWithoutLoss,

    /// <summary>Flash was asked for something it cannot do, such as programming a unit twice.</summary>
    Violation,
    NeitherOldNorNew,

    /// <summary>After the power loss, the operation could not be done again, or led elsewhere.</summary>
    NotRepeatable,
}

internal unsafe struct PowerLossTest
{
    internal FlashModel Model;
    internal FlashContents Before;
    internal FlashContents AfterLoss;
    internal uint RegionBytes;
    internal uint Units;
    internal uint Story;
    internal uint ImageBytes;

    /// <summary>Ways of cutting a step off that are tried.</summary>
    internal uint Ways;
    internal uint OldState;
    internal uint NewState;
    internal PowerLossResult Result;

    /// <summary>Tries a story.</summary>
    /// <param name="table">Write unit, runs (count, unit bytes), slots (offset, bytes), each list after its length.</param>
    /// <param name="memory">Zeroed; 6 bytes for each byte of the region and 12 for each erase unit, 8-aligned.</param>
    /// <param name="story">The story.</param>
    /// <param name="imageBytes">Bytes of each image.</param>
    /// <param name="losses">1 or 2 power losses.</param>
    /// <param name="ways">Ways to cut off each step.</param>
    /// <param name="result">What happened.</param>
    internal static void Run(uint* table, byte* memory, uint story, uint imageBytes, uint losses, uint ways, PowerLossResult* result)
    {
        PowerLossTest test = default;
        test.Story = story;
        test.ImageBytes = imageBytes;
        test.Ways = ways;
        ReadTable(&test, table);
        Divide(&test, memory);
        FlashModel.Connect(&test.Model);
        if (Measure(&test))
        {
            if (losses == 1) Once(&test, &test.Before);
            else Twice(&test);
        }
        *result = test.Result;
    }

    private static void ReadTable(PowerLossTest* test, uint* table)
    {
        FlashDevice* device = &test->Model.Device;
        device->WriteUnit = *table++;
        device->RunCount = *table++;
        device->Runs = (FlashRun*)table;
        table += 2 * device->RunCount;
        device->SlotCount = *table++;
        device->Slots = (FlashSlot*)table;
        for (uint i = 0; i < device->RunCount; i++)
        {
            test->Units += device->Runs[i].Count;
            test->RegionBytes += device->Runs[i].Count * device->Runs[i].UnitBytes;
        }
    }

    private static void Divide(PowerLossTest* test, byte* memory)
    {
        byte* next = Take(test, memory, &test->Before);
        next = Take(test, next, &test->AfterLoss);
        Take(test, next, &test->Model.Now);
    }

    private static byte* Take(PowerLossTest* test, byte* memory, FlashContents* contents)
    {
        contents->Extents = (uint*)memory;
        contents->Bytes = memory + test->Units * sizeof(uint);
        contents->Wear = contents->Bytes + test->RegionBytes;
        Raw.Fill(contents->Bytes, 0xFF, test->RegionBytes);
        return contents->Wear + test->RegionBytes;
    }

    /// <summary>The states before and after, and the number of steps, without any loss.</summary>
    private static bool Measure(PowerLossTest* test)
    {
        FlashModel* model = &test->Model;
        if (FlashGeometry.Check(&model->Device) != WasmError.None) return Failed(test, PowerLossFailure.BadTables);
        test->Result.Error = SlotStory.Prepare(&model->Device, test->Story, test->ImageBytes);
        if (test->Result.Error != WasmError.None) return Failed(test, PowerLossFailure.Preparation);
        test->OldState = SlotStory.State(&model->Device);
        Copy(test, &model->Now, &test->Before);
        model->Steps = 0;
        model->Erases = 0;
        test->Result.Error = SlotStory.Act(&model->Device, test->Story, test->ImageBytes);
        if (test->Result.Error != WasmError.None) return Failed(test, PowerLossFailure.OperationWithoutLoss);
        if (model->Violated != 0) return Failed(test, PowerLossFailure.Violation);
        test->NewState = SlotStory.State(&model->Device);
        test->Result.Steps = model->Steps;
        test->Result.Erases = model->Erases;
        return true;
    }

    /// <summary>One loss at each step of the operation, begun with the given contents.</summary>
    private static bool Once(PowerLossTest* test, FlashContents* start)
    {
        for (uint step = 1, cut = 1; cut != 0; step++)
            for (uint way = 0; way < test->Ways; way++)
            {
                cut = CutOff(test, start, step, way);
                if (cut == 0) break;
                if (!IsOldOrNew(test) || !Repeats(test)) return false;
            }
        return true;
    }

    /// <summary>After each first loss, the operation is begun again and cut off again at each step.</summary>
    private static void Twice(PowerLossTest* test)
    {
        for (uint step = 1; ; step++)
            for (uint way = 0; way < test->Ways; way++)
            {
                if (CutOff(test, &test->Before, step, way) == 0) return;
                if (!IsOldOrNew(test)) return;
                Copy(test, &test->Model.Now, &test->AfterLoss);
                if (!Once(test, &test->AfterLoss)) return;
            }
    }

    /// <summary>Runs the operation up to a power loss.</summary>
    /// <returns>0 when it ended before.</returns>
    private static uint CutOff(PowerLossTest* test, FlashContents* start, uint step, uint way)
    {
        FlashModel* model = &test->Model;
        Copy(test, start, &model->Now);
        model->Steps = 0;
        model->CutAt = step;
        model->Way = way;
        model->Random = step * 7919 + way;
        SlotStory.Act(&model->Device, test->Story, test->ImageBytes);
        uint cut = model->Dead;
        model->Dead = 0;
        model->CutAt = 0;
        test->Result.Step = step;
        test->Result.Way = way;
        if (cut != 0) test->Result.Runs++;
        return cut;
    }

    private static bool IsOldOrNew(PowerLossTest* test)
    {
        if (test->Model.Violated != 0) return Failed(test, PowerLossFailure.Violation);
        uint state = SlotStory.State(&test->Model.Device);
        return state == test->OldState || state == test->NewState || Failed(test, PowerLossFailure.NeitherOldNorNew);
    }

    /// <summary>The user does it once more, with power: it must lead to the new state.</summary>
    private static bool Repeats(PowerLossTest* test)
    {
        FlashModel* model = &test->Model;
        WasmError error = SlotStory.Act(&model->Device, test->Story, test->ImageBytes);
        test->Result.Error = error;
        if (model->Violated != 0) return Failed(test, PowerLossFailure.Violation);
        bool there = SlotStory.MayRepeatWith(test->Story, error) && SlotStory.State(&model->Device) == test->NewState;
        return there || Failed(test, PowerLossFailure.NotRepeatable);
    }

    private static bool Failed(PowerLossTest* test, PowerLossFailure failure)
    {
        test->Result.Failure = failure;
        return false;
    }

    private static void Copy(PowerLossTest* test, FlashContents* from, FlashContents* to)
    {
        FlashDevice* device = &test->Model.Device;
        uint unit = 0, start = 0;
        for (uint r = 0; r < device->RunCount; r++)
            for (uint i = 0; i < device->Runs[r].Count; i++, unit++)
            {
                uint extent = from->Extents[unit], stale = to->Extents[unit];
                Raw.Copy(to->Bytes + start, from->Bytes + start, extent);
                Raw.Copy(to->Wear + start, from->Wear + start, extent);
                if (stale > extent)
                {
                    Raw.Fill(to->Bytes + start + extent, 0xFF, stale - extent);
                    Raw.Fill(to->Wear + start + extent, Wear.Clean, stale - extent);
                }
                to->Extents[unit] = extent;
                start += device->Runs[r].UnitBytes;
            }
    }
}
