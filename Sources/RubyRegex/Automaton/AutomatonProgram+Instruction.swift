extension AutomatonProgram {
    /// One state of a nondeterministic automaton: what it asks, and where it leads.
    ///
    /// A target is the place of another instruction of the same automaton.
    struct Instruction: BitwiseCopyable, Sendable {
        enum Operation: UInt8, BitwiseCopyable, Sendable {
            /// Consume one code point: `operand`, one of the set `operand`, or any.
            case scalar, set, any
            /// Consumes nothing; `operand` is the raw value of a ``SyntaxTree/Assertion``.
            case assertion
            /// Both ways: to `target` and to `operand`.
            case split
            /// The pattern has matched.
            case match
            /// Leads nowhere.
            case fail
        }

        /// The operation in the lowest three bits, the operand above them.
        private var word: UInt32
        var target: UInt32

        /// No operand may be higher: code points, sets and instructions are far fewer.
        static let highestOperand: UInt32 = UInt32.max >> 3

        @inline(__always)
        init(_ operation: Operation, operand: UInt32 = 0, target: UInt32 = 0) {
            assert(operand <= Self.highestOperand)
            word = operand << 3 | UInt32(operation.rawValue)
            self.target = target
        }

        @inline(__always)
        var operation: Operation { unsafeBitCast(UInt8(truncatingIfNeeded: word & 7), to: Operation.self) }

        @inline(__always)
        var operand: UInt32 { word >> 3 }

        var assertion: SyntaxTree.Assertion? { SyntaxTree.Assertion(rawValue: UInt8(truncatingIfNeeded: operand)) }
    }
}
