import Glibc

/// Runs closures that block.
enum DetachedThread {
    private final class Body {
        let run: @Sendable () -> Void

        init(_ run: @escaping @Sendable () -> Void) {
            self.run = run
        }
    }

    static func run(_ body: @escaping @Sendable () -> Void) {
        let argument = Unmanaged.passRetained(Body(body))
        var thread = pthread_t()
        let start: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { argument in
            Unmanaged<Body>.fromOpaque(argument.unsafelyUnwrapped).takeRetainedValue().run()
            return nil
        }
        guard pthread_create(&thread, nil, start, argument.toOpaque()) == 0 else {
            // Without threads the process is in no state to do better than to block.
            return argument.takeRetainedValue().run()
        }
        pthread_detach(thread)
    }
}
