import LibevExecutor
import RedisConnection

/// Work on threads of its own, one piece after the other, while the loop goes on. Confined to the loop.
///
/// `@unchecked Sendable`: touched on the loop only.
final class BesideLoop: @unchecked Sendable {
    private struct Piece {
        let work: @Sendable () -> Void
        let finished: @Sendable () -> Void
    }

    private let executor: LibevExecutor
    /// The first is being done.
    private var pieces: [Piece] = []

    init(_ executor: LibevExecutor) { self.executor = executor }

    /// Does `work` on a thread when all work before it is done, then calls `finished` on the loop.
    func run(_ work: @escaping @Sendable () -> Void, then finished: @escaping @Sendable () -> Void) {
        pieces.append(Piece(work: work, finished: finished))
        if pieces.count == 1 { begin() }
    }

    private func begin() {
        guard let next = pieces.first else { return }
        DetachedThread.run { [self] in
            next.work()
            executor.execute { [self] in
                next.finished()
                pieces.removeFirst()
                begin()
            }
        }
    }
}
