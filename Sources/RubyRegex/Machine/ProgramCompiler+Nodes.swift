extension ProgramCompiler {
    mutating func visit(_ node: Index) {
        switch tree.nodes[Int(node)] {
        case .empty: break
        case .never: emit(.fail)
        case .text(let scalars): text(tree.scalars[Int(scalars.first)..<Int(scalars.first + scalars.count)])
        case .set(let set): emit(.set, set)
        case .assertion(let assertion): emit(.assertion, Int32(assertion.rawValue))
        case .sequence(let children): tasks += tree.children[children].reversed().map(Task.visit)
        case .alternation(let children):
            tasks.append(.restore(context))
            context.forgets = true
            tasks.append(.alternatives(next: children.first, end: children.first + children.count, jumps: -1))
        case .repetition(let body, let minimum, let maximum, .possessive):
            atomic { $0.repetition(body, minimum, maximum, isLazy: false) }
        case .repetition(let body, let minimum, let maximum, let greed):
            repetition(body, minimum, maximum, isLazy: greed == .lazy)
        case .counted(let body, let minimum, let maximum, let isLazy):
            tasks.append(.restore(context))
            if minimum != maximum { context.forgets = true }
            counted(body, minimum, maximum, isLazy)
        case .capture(let number, let body): capture(number, body)
        case .lookAhead(let body, let isNegative): lookAhead(body, isNegative)
        case .lookBehind(let body, let length, let isNegative): lookBehind(body, length, isNegative)
        case .atomic(let body): atomic { $0.tasks.append(.visit(body)) }
        case .backReference(let groups, let ignoresCase, let level):
            let groups = Array(tree.children[groups].reversed())
            reference(.backReference, MachineProgram.Reference(groups: groups, ignoresCase: ignoresCase, level: level))
        case .conditional(let groups, let yes, let no):
            tasks.append(.restore(context))
            context.forgets = true
            let groups = Array(tree.children[groups])
            let condition = reference(
                .condition, MachineProgram.Reference(groups: groups, ignoresCase: false, level: nil))
            tasks += [.otherwise(condition: condition, no), .visit(yes)]
        case .call(let number): emit(.call, number)
        case .absence(let body): absence(body)
        case .graphemeCluster: emit(.graphemeCluster)
        }
    }

    private mutating func text(_ scalars: ArraySlice<UInt32>) {
        let start = program.bytes.count
        for scalar in scalars { UTF8Text.append(scalar, to: &program.bytes) }
        let count = program.bytes.count - start
        if count == 1 {
            emit(.byte, Int32(program.bytes.removeLast()))
        } else if count > 1 {
            emit(.bytes, Int32(start), Int32(count))
        }
    }

    @discardableResult
    private mutating func reference(
        _ operation: Instruction.Operation, _ reference: MachineProgram.Reference
    ) -> Int32 {
        program.references.append(reference)
        return emit(operation, Int32(program.references.count - 1))
    }

    private mutating func atomic(_ body: (inout ProgramCompiler) -> Void) {
        let register = register()
        let start = emit(.cutStart, register)
        tasks += [.bindSecond(start), .restore(context), .emit(.cutEnd, register, 0)]
        openScope(.atomic)
        body(&self)
    }

    private mutating func lookAhead(_ body: Index, _ isNegative: Bool) {
        guard !isNegative else { return negated(body, stepBack: nil) }
        let register = register(3)
        let start = emit(.aheadStart, register)
        tasks += [.bindSecond(start), .restore(context), .emit(.aheadEnd, register, 0)]
        tasks += [.endScope(openScope(.lookAround(end: -1))), .visit(body)]
    }

    private mutating func lookBehind(_ body: Index, _ length: Int32, _ isNegative: Bool) {
        guard !isNegative else { return negated(body, stepBack: length) }
        tasks += [.bindSecond(emit(.stepBack, length)), .visit(body)]
    }

    private mutating func negated(_ body: Index, stepBack: Int32?) {
        let register = register()
        let start = emit(.notStart, register)
        tasks += [.bindSecond(start), .restore(context), .emit(.notEnd, register, 0)]
        tasks += [.endScope(openScope(.lookAround(end: -1))), .visit(body)]
        context.forgets = true
        if let stepBack { emit(.stepBack, stepBack, here + 1) }
    }

    private mutating func absence(_ body: Index) {
        let register = register(3)
        emit(.absenceStart, register)
        let step = emit(.absenceStep, register)
        tasks += [.restore(context), .bindSecond(step), .emit(.absenceEnd, register, 0), .visit(body)]
        context.isInAbsence = true
        context.scope = nil
    }
}
