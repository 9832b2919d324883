using System.Numerics;
using System.Runtime.Intrinsics;
using System.Text;

namespace McpConsole.Infrastructure.Logs;

/// <summary>
/// Finds a literal in raw bytes, regardless of ASCII case: the first and the last byte are compared at many places at once, the rest only
/// where both fit.
/// </summary>
internal sealed class LiteralSearch
{
    private readonly byte[] _folded;
    private readonly bool[] _isLetter;

    public LiteralSearch(string text)
    {
        _folded = Encoding.UTF8.GetBytes(text);
        _isLetter = new bool[_folded.Length];
        for (var i = 0; i < _folded.Length; i++)
        {
            _isLetter[i] = (uint)((_folded[i] | 0x20) - 'a') < 26;
            _folded[i] |= (byte)(_isLetter[i] ? 0x20 : 0);
        }
    }

    /// <returns>The first place at or after <paramref name="start"/>; -1 when there is none.</returns>
    public int Find(ReadOnlySpan<byte> text, int start)
    {
        var last = _folded.Length - 1;
        var at = start;
        var lastStart = text.Length - _folded.Length;
        if (Vector256.IsHardwareAccelerated)
        {
            var first = Vector256.Create(_folded[0]);
            var end = Vector256.Create(_folded[last]);
            var foldFirst = Vector256.Create((byte)(_isLetter[0] ? 0x20 : 0));
            var foldEnd = Vector256.Create((byte)(_isLetter[last] ? 0x20 : 0));
            for (; at + last + Vector256<byte>.Count <= text.Length; at += Vector256<byte>.Count)
            {
                var fits = Vector256.Equals(Vector256.Create(text[at..]) | foldFirst, first)
                    & Vector256.Equals(Vector256.Create(text[(at + last)..]) | foldEnd, end);
                for (var places = fits.ExtractMostSignificantBits(); places != 0; places &= places - 1)
                {
                    var place = at + BitOperations.TrailingZeroCount(places);
                    if (Fits(text, place))
                    {
                        return place;
                    }
                }
            }
        }

        for (; at <= lastStart; at++)
        {
            if (Fits(text, at))
            {
                return at;
            }
        }

        return -1;
    }

    private bool Fits(ReadOnlySpan<byte> text, int at)
    {
        for (var i = 0; i < _folded.Length; i++)
        {
            if ((text[at + i] | (_isLetter[i] ? 0x20 : 0)) != _folded[i])
            {
                return false;
            }
        }

        return true;
    }
}
