// SPDX-License-Identifier: MIT
// Arguments and parameters of templates.
using System.Collections.Generic;

namespace Wamr.Nano.Mangling;

internal sealed partial class CppName
{
    /// <summary>Not in the type of a conversion operator: arguments there are those of the operator.</summary>
    private bool _mayHaveArguments = true;

    /// <summary>There, parameters may come before their arguments.</summary>
    private bool _mayForward;

    /// <param name="ofFunction">Whether the parameters of what follows stand for these.</param>
    private CppArguments TemplateArguments(bool ofFunction)
    {
        Expect('I');
        List<CppNode> all = [];
        if (ofFunction) _arguments = [];
        while (!Failed && !Take('E'))
        {
            (bool mayTemplate, _mayHaveArguments) = (_mayHaveArguments, true);
            CppNode argument = TemplateArgument();
            _mayHaveArguments = mayTemplate;
            all.Add(argument);
            if (ofFunction) _arguments.Add(argument is CppArgumentPack pack ? new CppPack(pack.Elements) : argument);
        }
        return new(all);
    }

    private CppNode TemplateArgument()
    {
        switch (Peek())
        {
            case 'X':
                Next();
                CppNode expression = Expression();
                Expect('E');
                return expression;
            case 'J':
                Next();
                List<CppNode> pack = [];
                while (!Failed && !Take('E')) pack.Add(TemplateArgument());
                return new CppArgumentPack(pack);
            case 'L': return Literal();
            default: return Type();
        }
    }

    private CppNode TemplateParameter()
    {
        Expect('T');
        int index = Ordinal();
        CppNode parameter = TemplateParameter(index) ?? Bad();
        _lastParameter = (parameter, index);
        return parameter;
    }

    private CppNode? TemplateParameter(int index)
    {
        if (_isInClosure) return new CppText($"auto:{index + 1}");
        if (_mayForward)
        {
            CppForward forward = new(index);
            _forward.Add(forward);
            return forward;
        }
        return index < _arguments.Count ? _arguments[index] : null;
    }
}
