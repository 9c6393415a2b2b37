package org.orrery.twin.backend.array;

import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import java.util.Optional;
import org.orrery.twin.core.graph.Op;
import org.orrery.twin.core.graph.Program;
import org.orrery.twin.core.graph.Program.Instruction;

/**
 * Writes a {@link FusedKernel} for a program with the JDK's Class-File API. A value that is used
 * once stays on the operand stack where its user follows; the others live in local variables.
 * Stateless.
 */
final class FusedCompiler {
  private static final ClassDesc THIS = ClassDesc.of("org.orrery.twin.backend.array.Fused");
  private static final ClassDesc KERNEL = ClassDesc.of("org.orrery.twin.backend.array.FusedKernel");
  private static final ClassDesc MATH = ClassDesc.of("java.lang.Math");
  private static final ClassDesc ROW = ConstantDescs.CD_double.arrayType();
  private static final MethodTypeDesc RUN =
      MethodTypeDesc.of(
          ConstantDescs.CD_void,
          ROW.arrayType(),
          ROW,
          ConstantDescs.CD_int,
          ConstantDescs.CD_int,
          ROW.arrayType());
  private static final MethodTypeDesc UNARY =
      MethodTypeDesc.of(ConstantDescs.CD_double, ConstantDescs.CD_double);
  private static final MethodTypeDesc BINARY =
      MethodTypeDesc.of(ConstantDescs.CD_double, ConstantDescs.CD_double, ConstantDescs.CD_double);

  // Slots of the method's parameters; locals follow.
  private static final int STATES = 1;
  private static final int UNIFORM = 2;
  private static final int MEMBER = 3;
  private static final int TO = 4;
  private static final int OUTPUTS = 5;
  private static final int FIRST_LOCAL = 6;

  private final Program program;
  private final int[] uses;

  private FusedCompiler(Program program) {
    this.program = program;
    this.uses = new int[program.firstResult() + program.instructions().size()];
    for (Instruction instruction : program.instructions()) {
      if (!instruction.uniform()) {
        count(instruction.first());
        count(instruction.second());
        count(instruction.third());
      }
    }
    for (int o = 0; o < program.outputCount(); o++) {
      // An output is always kept, so that all are written after everything has been read.
      uses[program.output(o)] += 2;
    }
  }

  private void count(int operand) {
    if (operand >= 0) {
      uses[operand]++;
    }
  }

  /** The class, or nothing when its method would be longer than allowed. */
  static Optional<byte[]> compile(Program program, int longestBytes) {
    FusedCompiler compiler = new FusedCompiler(program);
    ClassFile file = ClassFile.of();
    byte[] bytes =
        file.build(
            THIS,
            builder ->
                builder
                    .withFlags(ClassFile.ACC_PUBLIC | ClassFile.ACC_FINAL)
                    .withInterfaceSymbols(KERNEL)
                    .withMethodBody(
                        ConstantDescs.INIT_NAME,
                        ConstantDescs.MTD_void,
                        ClassFile.ACC_PUBLIC,
                        code ->
                            code.aload(0)
                                .invokespecial(
                                    ConstantDescs.CD_Object,
                                    ConstantDescs.INIT_NAME,
                                    ConstantDescs.MTD_void)
                                .return_())
                    .withMethodBody("run", RUN, ClassFile.ACC_PUBLIC, compiler::run));
    int length =
        file.parse(bytes).methods().stream()
            .filter(method -> method.methodName().equalsString("run"))
            .map(method -> method.code().orElseThrow())
            .mapToInt(code -> ((CodeAttribute) code).codeLength())
            .sum();
    return length <= longestBytes ? Optional.of(bytes) : Optional.empty();
  }

  private void run(CodeBuilder code) {
    Label head = code.newLabel();
    Label end = code.newLabel();
    code.labelBinding(head);
    code.iload(MEMBER).iload(TO).if_icmpge(end);
    List<Instruction> instructions = program.instructions();
    for (int i = 0; i < instructions.size(); i++) {
      int operand = program.firstResult() + i;
      if (!instructions.get(i).uniform() && uses[operand] > 1) {
        compute(code, instructions.get(i));
        code.dstore(local(operand));
      }
    }
    // Outputs that are plain states are read before any state is overwritten.
    for (int o = 0; o < program.outputCount(); o++) {
      int operand = program.output(o);
      if (!program.isUniform(operand) && operand < program.stateCount() && operand != o) {
        loadState(code, operand);
        code.dstore(local(operand));
      }
    }
    for (int o = 0; o < program.outputCount(); o++) {
      int operand = program.output(o);
      boolean needless = program.isUniform(operand);
      if (!needless) {
        code.aload(OUTPUTS).loadConstant(o).aaload().iload(MEMBER);
        if (operand == o && operand < program.stateCount()) {
          loadState(code, operand);
        } else {
          code.dload(local(operand));
        }
        code.dastore();
      }
    }
    code.iinc(MEMBER, 1).goto_(head);
    code.labelBinding(end).return_();
  }

  private int local(int operand) {
    return FIRST_LOCAL + 2 * operand;
  }

  private void loadState(CodeBuilder code, int state) {
    code.aload(STATES).loadConstant(state).aaload().iload(MEMBER).daload();
  }

  private void load(CodeBuilder code, int operand) {
    if (program.isUniform(operand)) {
      code.aload(UNIFORM).loadConstant(operand).daload();
    } else if (operand < program.stateCount()) {
      loadState(code, operand);
    } else if (uses[operand] > 1) {
      code.dload(local(operand));
    } else {
      compute(code, program.instructions().get(operand - program.firstResult()));
    }
  }

  private void compute(CodeBuilder code, Instruction instruction) {
    if (instruction.op() == Op.WHERE) {
      where(code, instruction);
      return;
    }
    load(code, instruction.first());
    if (instruction.second() >= 0) {
      load(code, instruction.second());
    }
    switch (instruction.op()) {
      case ADD -> code.dadd();
      case SUBTRACT -> code.dsub();
      case MULTIPLY -> code.dmul();
      case DIVIDE -> code.ddiv();
      case POWER -> code.invokestatic(MATH, "pow", BINARY);
      case MINIMUM -> code.invokestatic(MATH, "min", BINARY);
      case MAXIMUM -> code.invokestatic(MATH, "max", BINARY);
      case EXP -> code.invokestatic(MATH, "exp", UNARY);
      case LOG -> code.invokestatic(MATH, "log", UNARY);
      case SQRT -> code.invokestatic(MATH, "sqrt", UNARY);
      case LESS -> less(code);
      case WHERE, CONSTANT, STATE, INPUT ->
          throw new IllegalStateException(instruction.op() + " is not computed here");
    }
  }

  /** Both operands are on the stack; NaN is less than nothing. */
  private static void less(CodeBuilder code) {
    Label no = code.newLabel();
    Label done = code.newLabel();
    code.dcmpg().ifge(no).dconst_1().goto_(done);
    code.labelBinding(no).dconst_0();
    code.labelBinding(done);
  }

  private void where(CodeBuilder code, Instruction instruction) {
    Label no = code.newLabel();
    Label done = code.newLabel();
    load(code, instruction.first());
    code.dconst_0().dcmpl().ifeq(no);
    load(code, instruction.second());
    code.goto_(done);
    code.labelBinding(no);
    load(code, instruction.third());
    code.labelBinding(done);
  }
}
