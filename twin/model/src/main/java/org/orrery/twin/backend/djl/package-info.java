/**
 * The backend on DJL NDArrays, with the PyTorch engine on a CPU or a GPU. The only package here
 * that names DJL.
 *
 * <p>What may not enter: physics; anything that downloads at run time.
 */
@NullMarked
package org.orrery.twin.backend.djl;

import org.jspecify.annotations.NullMarked;
