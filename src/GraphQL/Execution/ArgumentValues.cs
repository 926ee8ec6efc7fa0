using ClientPortal.GraphQL.Language;
using ClientPortal.GraphQL.Types;

namespace ClientPortal.GraphQL.Execution;

/// <summary>A field's coerced arguments (section 6.4.1), in the order of their declaration.</summary>
internal sealed class ArgumentValues
{
    public static readonly ArgumentValues None = new([]);

    private readonly IReadOnlyList<InputValue> _definitions;
    private readonly object?[] _values;
    private readonly bool[] _present;

    private ArgumentValues(IReadOnlyList<InputValue> definitions)
    {
        _definitions = definitions;
        _values = definitions.Count == 0 ? [] : new object?[definitions.Count];
        _present = definitions.Count == 0 ? [] : new bool[definitions.Count];
    }

    /// <summary>The same values as a resolver's parameters take them.</summary>
    public object?[] Clr { get; private set; } = [];

    public static ArgumentValues Coerce(IReadOnlyList<InputValue> definitions, IReadOnlyList<ArgumentNode> given, IReadOnlyDictionary<string, object?> variables, ArgumentConverter? converter)
    {
        if (definitions.Count == 0 && converter is null)
        {
            return None;
        }

        var values = new ArgumentValues(definitions);
        for (var i = 0; i < definitions.Count; i++)
        {
            values.Coerce(i, definitions[i], Find(given, definitions[i].Name), variables);
        }

        if (converter is not null)
        {
            values.Clr = converter(values);
        }

        return values;
    }

    /// <summary>The value of the argument at <paramref name="index"/>; false when it is absent.</summary>
    public bool TryGet(int index, out object? value)
    {
        value = _values[index];
        return _present[index];
    }

    /// <summary>The arguments that have a value, by name.</summary>
    public Dictionary<string, object?> ToDictionary()
    {
        var result = new Dictionary<string, object?>(_definitions.Count);
        for (var i = 0; i < _definitions.Count; i++)
        {
            if (_present[i])
            {
                result.Add(_definitions[i].Name, _values[i]);
            }
        }

        return result;
    }

    private void Coerce(int index, InputValue definition, ValueNode? literal, IReadOnlyDictionary<string, object?> variables)
    {
        if (literal is null || (literal is VariableNode variable && !variables.ContainsKey(variable.Name)))
        {
            if (definition.DefaultValue is not null)
            {
                (_values[index], _present[index]) = (definition.CoercedDefault, true);
            }
            else if (definition.Type is NonNullType)
            {
                throw new InputException(literal is VariableNode missing
                    ? $"Argument \"{definition.Name}\" of required type \"{definition.Type}\" was provided the variable \"${missing.Name}\" which was not provided a runtime value."
                    : $"Argument \"{definition.Name}\" of required type \"{definition.Type}\" was not provided.");
            }

            return;
        }

        try
        {
            (_values[index], _present[index]) = (InputCoercion.Literal(definition.Type, literal, variables), true);
        }
        catch (InputException invalid)
        {
            throw new InputException($"Argument \"{definition.Name}\" has invalid value: {invalid.Message}") { At = literal };
        }
    }

    private static ValueNode? Find(IReadOnlyList<ArgumentNode> given, string name)
    {
        for (var i = 0; i < given.Count; i++)
        {
            if (given[i].Name.Value == name)
            {
                return given[i].Value;
            }
        }

        return null;
    }
}
