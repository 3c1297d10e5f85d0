/** Edits of JSON documents, on the text that MySQL prints. */
@NullMarked
package dev.foldback.engine.mysql.log.json;

import org.jspecify.annotations.NullMarked;
