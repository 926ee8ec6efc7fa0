using ClientPortal.GraphQL.Language;

namespace ClientPortal.GraphQL.Types;

/// <summary>Section 3.10, InputObjectDefaultValueHasCycle(): filling in the defaults of an input object must come to an end.</summary>
internal sealed class DefaultValueCycles
{
    private readonly HashSet<InputValue> _done = [];
    private readonly List<(InputValue Field, string Name)> _path = [];
    private readonly Action<string> _report;

    private DefaultValueCycles(Action<string> report) => _report = report;

    public static void Check(IReadOnlyList<InputObjectType> types, Action<string> report)
    {
        var cycles = new DefaultValueCycles(report);
        foreach (var type in types)
        {
            cycles.VisitObject(type, given: []);
        }
    }

    private void VisitValue(InputObjectType type, ValueNode value)
    {
        switch (value)
        {
            case ListValueNode list:
                foreach (var item in list.Items)
                {
                    VisitValue(type, item);
                }

                break;
            case ObjectValueNode obj:
                VisitObject(type, obj.Fields);
                break;
        }
    }

    private void VisitObject(InputObjectType type, IReadOnlyList<ObjectFieldNode> given)
    {
        foreach (var field in type.Fields)
        {
            if (field.Type.Named is not InputObjectType fieldType)
            {
                continue;
            }

            if (given.FirstOrDefault(g => g.Name.Value == field.Name) is { } written)
            {
                VisitValue(fieldType, written.Value);
            }
            else if (field.DefaultValue is { } defaultValue)
            {
                VisitDefault(field, $"{type}.{field.Name}", fieldType, defaultValue);
            }
        }
    }

    private void VisitDefault(InputValue field, string name, InputObjectType fieldType, ValueNode defaultValue)
    {
        var start = _path.FindIndex(p => p.Field == field);
        if (start >= 0)
        {
            _report($"The default value of {name} refers to itself through {string.Join(", ", _path.Skip(start).Select(p => p.Name))}.");
        }
        else if (_done.Add(field))
        {
            _path.Add((field, name));
            VisitValue(fieldType, defaultValue);
            _path.RemoveAt(_path.Count - 1);
        }
    }
}
