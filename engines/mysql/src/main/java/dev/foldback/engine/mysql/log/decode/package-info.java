/** Binary log bytes become changes of rows, in the bytes that frames hold them in. */
@NullMarked
package dev.foldback.engine.mysql.log.decode;

import org.jspecify.annotations.NullMarked;
