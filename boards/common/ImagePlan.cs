// SPDX-License-Identifier: MIT
// The firmware's settings for loading an image: which machine this is, and from where code is executed.

namespace Wamr.Nano.Boards;

internal static unsafe class ImagePlan
{
    internal static void Fill(ImageArgs* args, byte* bytes, uint size)
    {
        RunPlan* plan = RunPlan.Get();
        args->Target = plan->Target;
        if (plan->CodeDistance != 0 && size >= ImageHeader.Bytes) args->Code = bytes + ((ImageHeader*)bytes)->CodeAt + plan->CodeDistance;
    }
}
