/// What a finished program tells about where matches begin and what can be remembered.
struct ProgramAnalysis {
    private let program: MachineProgram

    init(_ program: MachineProgram) { self.program = program }

    func complete(_ result: inout MachineProgram) {
        forgetWhatDependsOnMore(&result)
        findStart(&result)
    }

    /// Where an instruction may lead; a body that ends on its own leads to nothing, and what follows it comes from its
    /// beginning.
    private func successors(of place: Int, _ visit: (Int) -> Void) {
        let instruction = program.instructions[place]
        switch instruction.operation {
        case .accept, .fail, .callReturn, .aheadEnd, .notEnd, .cutEnd, .absenceEnd: break
        case .jump: visit(Int(instruction.first))
        case .split:
            visit(Int(instruction.first))
            visit(Int(instruction.second))
        case .notStart, .iterationEnd, .capturingIterationEnd, .condition, .absenceStep:
            visit(place + 1)
            visit(Int(instruction.second))
        case .aheadStart, .cutStart:
            visit(place + 1)
            visit(Int(instruction.second))
        case .loopNext:
            visit(place + 1)
            visit(Int(program.loops[Int(instruction.first)].body))
        case .call:
            visit(place + 1)
            visit(Int(program.routines[Int(instruction.first)].start))
        default: visit(place + 1)
        }
    }

    /// All instructions from which one of `targets` can be reached.
    private func reaching(_ targets: (Instruction) -> Bool) -> [Bool] {
        let count = program.instructions.count
        var first = [Int32](repeating: -1, count: count)
        var edges: [(from: Int32, next: Int32)] = []
        for place in 0..<count {
            successors(of: place) { target in
                edges.append((Int32(place), first[target]))
                first[target] = Int32(edges.count - 1)
            }
        }
        var isReaching = program.instructions.map(targets)
        var work = isReaching.indices.filter { isReaching[$0] }
        while let place = work.popLast() {
            var edge = first[place]
            while edge >= 0 {
                let from = Int(edges[Int(edge)].from)
                if !isReaching[from] {
                    isReaching[from] = true
                    work.append(from)
                }
                edge = edges[Int(edge)].next
            }
        }
        return isReaching
    }

    /// Drops memory where groups that are read later decide too; and where a body sets groups, that it once matched
    /// says not which.
    private func forgetWhatDependsOnMore(_ result: inout MachineProgram) {
        guard !result.memory.isEmpty else { return }
        // Behind an empty back-reference, assertions look at another place than elsewhere.
        let refers = result.instructions.contains { $0.operation == .backReference }
        let reads = reaching {
            [.backReference, .condition, .capturingIterationEnd].contains($0.operation)
                || refers && [.assertion, .absenceEnd].contains($0.operation)
        }
        let sets = reaching { [.captureStart, .captureEnd].contains($0.operation) }
        var kept: [MachineProgram.Scope] = []
        for place in result.instructions.indices where result.instructions[place].memory >= 0 {
            let scope = result.memory[Int(result.instructions[place].memory)]
            guard !reads[place] else {
                result.instructions[place].memory = -1
                continue
            }
            result.instructions[place].memory = Int32(kept.count)
            if case .lookAround = scope, sets[place] { kept.append(.atomic) } else { kept.append(scope) }
        }
        result.memory = kept
    }

    /// Follows all that consumes nothing from the beginning on.
    private func findStart(_ result: inout MachineProgram) {
        var seen = [Bool](repeating: false, count: program.instructions.count)
        var work = [0]
        var bytes = ByteSet()
        var (isAnywhere, isAtLines, isAnyByte) = (false, false, false)
        while let place = work.popLast() {
            guard !seen[place] else { continue }
            seen[place] = true
            let instruction = program.instructions[place]
            switch instruction.operation {
            case .fail: break
            case .byte: (isAnywhere, _) = (true, bytes.insert(UInt8(instruction.first)))
            case .bytes: (isAnywhere, _) = (true, bytes.insert(program.bytes[Int(instruction.first)]))
            case .set:
                let first = program.sets[Int(instruction.first)].firstBytes
                isAnywhere = true
                bytes.formUnion(first)
                // Where a look-behind ends early, what follows it may begin before the match. Ruby looks only for
                // ASCII, and finds no such match then.
                if program.mayEndElsewhere, (0x80...UInt8.max).contains(where: first.contains) { isAnyByte = true }
            case .accept, .callReturn, .backReference, .graphemeCluster, .absenceStart:
                (isAnywhere, isAnyByte) = (true, true)
            case .assertion where instruction.first == SyntaxTree.Assertion.textStart.rawValue: isAnyByte = true
            case .assertion where instruction.first == SyntaxTree.Assertion.lineStart.rawValue:
                (isAtLines, isAnyByte) = (true, true)
            case .notStart, .stepBack, .aheadStart: work.append(Int(instruction.second))
            case .cutEnd: work.append(place + 1)
            case .cutStart: work.append(place + 1)
            case .call: work.append(Int(program.routines[Int(instruction.first)].start))
            default: successors(of: place) { work.append($0) }
            }
        }
        result.start = isAnywhere ? .anywhere : isAtLines ? .lineStarts : .textStart
        result.firstBytes = isAnyByte ? [] : (0...UInt8.max).map(bytes.contains)
    }
}
