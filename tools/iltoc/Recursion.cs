// SPDX-License-Identifier: MIT
// Cycles in the graph of direct calls: on a microcontroller the depth of the native stack must be known.
using System;
using System.Collections.Generic;
using System.Linq;

namespace Wamr.Nano.IlToC;

internal static class Recursion
{
    private enum Mark { New, Open, Done }

    /// <summary>One refusal per cycle found, the cycle spelled out. A method that allows recursion is not followed.</summary>
    internal static IEnumerable<Refusal> Find(IReadOnlyList<Function> functions, Func<Method, SourcePoint> startOf)
    {
        var calls = functions.ToDictionary(f => f.Method, f => f.Exprs.OfType<CallExpr>().Select(c => c.Method).Distinct().ToList());
        var marks = functions.ToDictionary(f => f.Method, _ => Mark.New);
        foreach (var start in functions.Select(f => f.Method))
        {
            var path = new List<Method>();
            var next = new Stack<int>();
            if (marks[start] == Mark.New) Enter(start);
            while (path.Count > 0)
            {
                var method = path[^1];
                int index = next.Pop();
                if (method.AllowsRecursion || index >= calls[method].Count)
                {
                    marks[method] = Mark.Done;
                    path.RemoveAt(path.Count - 1);
                    continue;
                }
                next.Push(index + 1);
                var callee = calls[method][index];
                if (!marks.TryGetValue(callee, out var mark)) continue;
                if (mark == Mark.Open && !callee.AllowsRecursion) yield return Refuse(path, callee, startOf);
                if (mark == Mark.New) Enter(callee);
            }

            void Enter(Method method)
            {
                marks[method] = Mark.Open;
                path.Add(method);
                next.Push(0);
            }
        }
    }

    private static Refusal Refuse(List<Method> path, Method callee, Func<Method, SourcePoint> startOf)
    {
        var cycle = path.SkipWhile(m => m != callee).Append(callee).Select(m => m.FullName);
        return new Refusal(Rule.Recursion, "recursion is not allowed: " + string.Join(" -> ", cycle), callee.FullName, startOf(callee));
    }
}
