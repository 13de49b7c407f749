extension ProgramCompiler {
    mutating func repetition(_ body: Index, _ minimum: Int32, _ maximum: Int32, isLazy: Bool) {
        tasks.append(.restore(context))
        if minimum != maximum { context.forgets = true }
        if maximum == 0 {
            // A group that is defined here, to be called from elsewhere.
            guard facts[body].holdsCapture else { return }
            tasks += [.bindFirst(emit(.jump)), .visit(body)]
        } else if maximum == SyntaxTree.unbounded, minimum == 0 || facts.unrolls(body, minimum) {
            tasks.append(.star(body, isLazy: isLazy))
            tasks += Array(repeating: .visit(body), count: Int(minimum))
        } else if maximum != SyntaxTree.unbounded, maximum == 1 || facts.unrolls(body, maximum) {
            tasks.append(.optional(body, copies: maximum - minimum, isLazy: isLazy))
            tasks += Array(repeating: .visit(body), count: Int(minimum))
        } else {
            counted(body, minimum, maximum, isLazy)
        }
    }

    mutating func optional(_ body: Index, _ copies: Int32, _ isLazy: Bool) {
        guard copies > 0 else { return }
        let split = isLazy ? split(0, here + 1) : split(here + 1, 0)
        tasks += [
            isLazy ? .bindFirst(split) : .bindSecond(split), .optional(body, copies: copies - 1, isLazy: isLazy),
            .visit(body),
        ]
    }

    mutating func star(_ body: Index, _ isLazy: Bool) {
        let split = isLazy ? split(0, here + 1) : split(here + 1, 0)
        tasks += [.closeStar(split: split, openIteration(body), isLazy: isLazy), .visit(body)]
    }

    mutating func closeStar(_ split: Int32, _ iteration: Iteration?, _ isLazy: Bool) {
        let end = closeIteration(iteration)
        emit(.jump, split)
        bindEnd(of: split, isLazy)
        if let end { program.instructions[Int(end)].second = here }
    }

    mutating func counted(_ body: Index, _ minimum: Int32, _ maximum: Int32, _ isLazy: Bool) {
        let register = register()
        // How often the body has matched decides too, so nothing is remembered within.
        emit(.loopStart, register)
        let split: Int32? = minimum > 0 ? nil : isLazy ? split(0, here + 1) : split(here + 1, 0)
        context.scope = nil
        program.loops.append(
            MachineProgram.Loop(
                register: register, minimum: minimum, maximum: maximum, isLazy: isLazy, body: here))
        let loop = Int32(program.loops.count - 1)
        tasks += [.closeLoop(split: split, openIteration(body), loop: loop), .visit(body)]
    }

    mutating func closeLoop(_ split: Int32?, _ iteration: Iteration?, _ loop: Int32) {
        let end = closeIteration(iteration)
        emit(.loopNext, loop)
        if let split { bindEnd(of: split, program.loops[Int(loop)].isLazy) }
        if let end { program.instructions[Int(end)].second = here }
    }

    private mutating func bindEnd(of split: Int32, _ isLazy: Bool) {
        if isLazy {
            program.instructions[Int(split)].first = here
        } else {
            program.instructions[Int(split)].second = here
        }
    }

    private mutating func openIteration(_ body: Index) -> Iteration? {
        guard facts[body].mayBeEmpty else { return nil }
        let iteration = Iteration(register: register(3), setsCaptures: facts[body].setsCaptures)
        emit(.iterationStart, iteration.register)
        return iteration
    }

    private mutating func closeIteration(_ iteration: Iteration?) -> Int32? {
        iteration.map { emit($0.setsCaptures ? .capturingIterationEnd : .iterationEnd, $0.register) }
    }
}
