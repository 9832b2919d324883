using System.Collections.Immutable;
using Microsoft.Win32.SafeHandles;

namespace McpConsole.Infrastructure.Logs;

/// <summary>
/// One server's log on disk. The intake's thread alone appends; compression and retention replace closed segments; anyone reads
/// <see cref="View"/>, which is published only after the checkpoint that covers it is written.
/// </summary>
internal sealed class ServerLog : IDisposable
{
    private readonly string _folder;
    private readonly LogOptions _options;
    private readonly Lock _viewLock = new();
    private volatile LogView _view = LogView.Empty;
    private TaskCompletionSource? _moved;

    // The segment that is written. Its first lines appear in the view with the first append; the marks are shared with the published
    // indexes, which see only as many as they count.
    private SafeFileHandle? _file;
    private CheckpointFile? _checkpoint;
    private long _firstSequence = 1;
    private long _length;
    private BlockMark[] _marks = [];
    private int _markCount;

    private ServerLog(string folder, LogOptions options)
    {
        (_folder, _options) = (folder, options);
        Tail = new TailCache(this);
    }

    public string Folder => _folder;

    public LogView View => _view;

    /// <summary>Where the spools were read to when the log was opened, for the runs that are read on.</summary>
    public ImmutableArray<SpoolOffsets> RecoveredSpools { get; private init; } = [];

    /// <summary>The newest lines, decoded, for those who follow.</summary>
    public TailCache Tail { get; }

    /// <summary>The UTC time of the newest line: later ones are never stamped with an earlier one.</summary>
    public long LastTicks { get; private set; }

    /// <summary>Opens what is on disk; makes nothing.</summary>
    public static ServerLog Load(string folder, LogOptions options)
    {
        if (!Directory.Exists(folder))
        {
            return new ServerLog(folder, options);
        }

        var (view, spools) = LogRecovery.Run(folder);
        var log = new ServerLog(folder, options) { RecoveredSpools = spools, _view = view, _firstSequence = view.NextSequence };
        if (view.Tail is { Index: var index } tail)
        {
            log._firstSequence = tail.FirstSequence;
            log._length = index.TextLength;
            log._marks = index.Marks.ToArray();
            log._markCount = index.Marks.Length;
            log.LastTicks = index.LastTicks;
        }

        return log;
    }

    /// <summary>
    /// Stores a batch, and how far the spools are read with it. It is either stored whole or, when this throws, not at all: the next call
    /// writes over what was begun.
    /// </summary>
    /// <returns>Whether a segment was closed.</returns>
    /// <exception cref="IOException">The disk is full or the folder cannot be written.</exception>
    public bool Append(LineBatch batch, ImmutableArray<SpoolOffsets> spools)
    {
        Prepare(batch.Length);
        var next = _view.NextSequence + batch.Lines;
        RandomAccess.Write(_file!, batch.Bytes, _length);
        _checkpoint!.Write(new Checkpoint(_firstSequence, _length + batch.Length, next, spools));

        AddMarks(batch);
        _length += batch.Length;
        LastTicks = batch.LastTicks;
        var index = new SegmentIndex(_marks.AsMemory(0, _markCount), next, LastTicks, _length, _length);
        return Publish(Segment.Open(Segment.PathOf(_folder, _firstSequence), _firstSequence, index), next);
    }

    /// <summary>Notes which runs are still read, without a line.</summary>
    public void SaveSpools(ImmutableArray<SpoolOffsets> spools)
    {
        Prepare(0);
        _checkpoint!.Write(new Checkpoint(_firstSequence, _length, _view.NextSequence, spools));
    }

    /// <summary>Replaces a closed segment by its compressed one, or by nothing; false when it is no longer there.</summary>
    public bool Replace(Segment segment, Segment? by)
    {
        lock (_viewLock)
        {
            var view = _view;
            if (!view.Closed.Contains(segment))
            {
                return false;
            }

            _view = view with { Closed = by is null ? view.Closed.Remove(segment) : view.Closed.Replace(segment, by) };
            return true;
        }
    }

    /// <summary>Completes when lines are added after the call.</summary>
    public Task WhenMoved()
    {
        var moved = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return (Interlocked.CompareExchange(ref _moved, moved, null) ?? moved).Task;
    }

    /// <summary>Closes the files. The next append opens them anew: after a fault they may be others.</summary>
    public void Dispose()
    {
        _file?.Dispose();
        _checkpoint?.Dispose();
        (_file, _checkpoint) = (null, null);
    }

    private void Prepare(int length)
    {
        var path = Segment.PathOf(_folder, _firstSequence);
        if (_length > 0 && !File.Exists(path))
        {
            // Someone deleted it: what is in it is gone, and writing on would lose more.
            Dispose();
            ForgetDeleted();
            StartSegment();
        }
        else if (_length > 0 && _length + length > _options.SegmentBytes)
        {
            _view.Tail!.Index.Save(_view.Tail.IndexPath);
            _file?.Dispose();
            _file = null;
            StartSegment();
        }

        if (_file is null || _checkpoint is null)
        {
            Directory.CreateDirectory(_folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            _file ??= OpenSegment();
            _checkpoint ??= CheckpointFile.Open(_folder);
        }
    }

    private void StartSegment()
    {
        _firstSequence = _view.NextSequence;
        (_length, _marks, _markCount) = (0, [], 0);
    }

    private SafeFileHandle OpenSegment()
    {
        var file = File.OpenHandle(
            Segment.PathOf(_folder, _firstSequence), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        if (RandomAccess.GetLength(file) > _length)
        {
            RandomAccess.SetLength(file, _length);
        }

        return file;
    }

    private void AddMarks(LineBatch batch)
    {
        foreach (var mark in batch.Marks)
        {
            var offset = _length + mark.Offset;
            if (_markCount > 0 && offset - _marks[_markCount - 1].Offset < BlockMark.BlockSize)
            {
                continue;
            }

            if (_markCount == _marks.Length)
            {
                Array.Resize(ref _marks, Math.Max(16, 2 * _markCount));
            }

            _marks[_markCount++] = new BlockMark(_view.NextSequence + mark.Sequence, mark.Ticks, offset, offset);
        }
    }

    private bool Publish(Segment tail, long next)
    {
        bool rotated;
        lock (_viewLock)
        {
            var view = _view;
            rotated = view.Tail is not null && view.Tail.FirstSequence != tail.FirstSequence;
            _view = new LogView(rotated ? view.Closed.Add(view.Tail!) : view.Closed, tail, next);
        }

        Interlocked.Exchange(ref _moved, null)?.TrySetResult();
        return rotated;
    }

    private void ForgetDeleted()
    {
        lock (_viewLock)
        {
            _view = _view with { Closed = _view.Closed.RemoveAll(segment => !File.Exists(segment.Path)), Tail = null };
        }
    }
}
