/// The version of the program, as `--version` prints it and reports name it.
package let programVersion = "0.1.0"
