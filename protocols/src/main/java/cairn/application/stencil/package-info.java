/** A Jacobi stencil over a grid: ranks that exchange their border rows with their neighbours. */
@NullMarked
package cairn.application.stencil;

import org.jspecify.annotations.NullMarked;
