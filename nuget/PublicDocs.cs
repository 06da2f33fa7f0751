// SPDX-License-Identifier: MIT
// A build task: leaves in a documentation file what the assembly shows to other assemblies.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Xml.Linq;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

public class PublicDocs : Task
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static
        | BindingFlags.DeclaredOnly;

    /// <summary>The assembly, and the file the compiler wrote beside it, which is written anew.</summary>
    [Required]
    public string Assembly { get; set; }

    [Required]
    public string Documentation { get; set; }

    public override bool Execute()
    {
        // From bytes: a file that was loaded would be locked for the next build.
        Assembly assembly = System.Reflection.Assembly.Load(File.ReadAllBytes(Assembly));
        HashSet<string> seen = new HashSet<string>(assembly.GetTypes().Where(IsVisible).SelectMany(Ids));
        XDocument file = XDocument.Load(Documentation, LoadOptions.PreserveWhitespace);
        XElement[] hidden = file.Descendants("member").Where(member => !seen.Contains(member.Attribute("name").Value)).ToArray();
        foreach (XElement member in hidden)
        {
            // The line it stood on goes with it.
            if (member.PreviousNode is XText blank && blank.Value.Trim().Length == 0) blank.Remove();
            member.Remove();
        }
        file.Save(Documentation, SaveOptions.DisableFormatting);
        Log.LogMessage(MessageImportance.High, "{0}: {1} internal members left out", Path.GetFileName(Documentation), hidden.Length);
        return true;
    }

    private static bool IsVisible(Type type)
    {
        for (; type.IsNested; type = type.DeclaringType)
            if (!type.IsNestedPublic && !type.IsNestedFamily && !type.IsNestedFamORAssem) return false;
        return type.IsPublic;
    }

    private static IEnumerable<string> Ids(Type type)
    {
        string name = NameOf(type);
        yield return "T:" + name;
        foreach (FieldInfo field in type.GetFields(Declared))
            if (field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly) yield return "F:" + name + "." + field.Name;
        foreach (EventInfo e in type.GetEvents(Declared))
            if (IsVisible(e.AddMethod)) yield return "E:" + name + "." + e.Name;
        foreach (PropertyInfo property in type.GetProperties(Declared))
            if (IsVisible(property.GetMethod) || IsVisible(property.SetMethod))
                yield return "P:" + name + "." + property.Name + Parameters(property.GetIndexParameters());
        foreach (MethodBase method in type.GetMethods(Declared).Cast<MethodBase>().Concat(type.GetConstructors(Declared)))
            if (IsVisible(method)) yield return "M:" + name + "." + Signature(method);
    }

    private static bool IsVisible(MethodBase method) => method != null && (method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly);

    private static string Signature(MethodBase method)
    {
        string name = method.Name.Replace('.', '#') + (method.IsGenericMethod ? "``" + method.GetGenericArguments().Length : "")
            + Parameters(method.GetParameters());
        return method.Name == "op_Implicit" || method.Name == "op_Explicit" ? name + "~" + NameOf(((MethodInfo)method).ReturnType) : name;
    }

    private static string Parameters(ParameterInfo[] parameters) =>
        parameters.Length == 0 ? "" : "(" + string.Join(",", parameters.Select(parameter => NameOf(parameter.ParameterType))) + ")";

    /// <summary>A type as documentation names it (C# specification, annex D.4.2).</summary>
    private static string NameOf(Type type)
    {
        if (type.IsByRef) return NameOf(type.GetElementType()) + "@";
        if (type.IsPointer) return NameOf(type.GetElementType()) + "*";
        if (type.IsArray) return NameOf(type.GetElementType()) + "[]";
        if (type.IsGenericParameter) return (type.DeclaringMethod != null ? "``" : "`") + type.GenericParameterPosition;
        if (!type.IsGenericType || type.IsGenericTypeDefinition) return type.FullName.Replace('+', '.');
        string name = type.GetGenericTypeDefinition().FullName.Replace('+', '.');
        return name.Substring(0, name.IndexOf('`')) + "{" + string.Join(",", type.GetGenericArguments().Select(NameOf)) + "}";
    }
}
