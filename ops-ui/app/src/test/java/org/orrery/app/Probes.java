package org.orrery.app;

import static java.lang.constant.ConstantDescs.CD_void;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes small classes that break one rule each, so that the rules can be seen to fail. */
final class Probes {

  private final Path folder;

  /**
   * @param folder an empty folder that takes the class files
   */
  Probes(Path folder) {
    this.folder = folder;
  }

  /** A class without a dependency. */
  Probes empty(String name) {
    return write(name, ClassFile.of().build(ClassDesc.of(name), c -> {}));
  }

  /** A class with one field of the type {@code target}. */
  Probes naming(String name, String target) {
    return write(
        name,
        ClassFile.of()
            .build(
                ClassDesc.of(name),
                c -> c.withField("probe", ClassDesc.of(target), ClassFile.ACC_PRIVATE)));
  }

  /** A class that calls a static method, or {@code new} when the method is {@code <init>}. */
  Probes calling(String name, String owner, String method, MethodTypeDesc type) {
    return write(
        name,
        ClassFile.of()
            .build(
                ClassDesc.of(name),
                c ->
                    c.withMethodBody(
                        "probe",
                        type.changeReturnType(CD_void),
                        ClassFile.ACC_STATIC,
                        code -> {
                          if (method.equals("<init>")) {
                            code.new_(ClassDesc.of(owner)).dup();
                            code.invokespecial(ClassDesc.of(owner), method, type).pop();
                          } else {
                            for (int i = 0; i < type.parameterCount(); i++) {
                              code.aload(i);
                            }
                            code.invokestatic(ClassDesc.of(owner), method, type);
                            if (type.returnType().isPrimitive()) {
                              code.pop2();
                            } else {
                              code.pop();
                            }
                          }
                          code.return_();
                        })));
  }

  /** All classes written so far. */
  JavaClasses read() {
    return new ClassFileImporter().importPath(folder);
  }

  private Probes write(String name, byte[] bytes) {
    try {
      Path file = folder.resolve(name.replace('.', '/') + ".class");
      Files.createDirectories(file.getParent());
      Files.write(file, bytes);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
