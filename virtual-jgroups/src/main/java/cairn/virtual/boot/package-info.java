/**
 * What rewritten code calls instead of the JDK; loaded by the bootstrap loader, because
 * java.util.concurrent calls it too. It sees nothing but java.base.
 */
@NullMarked
package cairn.virtual.boot;

import org.jspecify.annotations.NullMarked;
