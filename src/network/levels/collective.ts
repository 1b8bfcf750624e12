import { DomainError } from '../../expression/errors.js'
import { firstSquaredNorm, layerGains, widthsOf } from '../ensemble.js'
import { fieldKey, type SingleFieldName } from '../fields.js'
import type { Sampler, SamplerContext } from '../trajectory.js'

/**
 * Collective variables: the order parameters drawn straight from their closed law, O(1) a layer.
 * With D_0 = gain_0 |x|^2 + sigma_b^2 and D_l = gain_l |phi(z^{l-1})|^2 + sigma_b^2,
 * linear: |z^l|^2 = D_l chi^2_N; relu: k_l ~ Binomial(N, 1/2), then D_l chi^2_{k_l} and D_l chi^2_{N - k_l}.
 * @throws DomainError for other activations and for several inputs, whose order parameters do not close.
 */
export function collectiveSampler({ ensemble, fields, kernels, memory }: SamplerContext): Sampler {
  const { depth, activation, biasVariance } = ensemble
  const widths = widthsOf(ensemble)
  const gains = layerGains(ensemble)
  const room = (): number => memory.allocate(depth + 1)
  const [widthsAt, gainsAt, positiveAt, negativeAt, countAt] = [room(), room(), room(), room(), room()]
  memory.view(widthsAt, depth).set(widths)
  memory.view(gainsAt, depth).set(gains)
  const firstVariance = gains[0]! * firstSquaredNorm(ensemble) + biasVariance
  const positive = memory.view(positiveAt, depth)
  const negative = memory.view(negativeAt, depth)
  const count = memory.view(countAt, depth)

  if (activation === 'linear') {
    const trajectory = new Map(fields.map((field) => [fieldKey(field), positive]))
    return () => {
      kernels.linearTrajectory(widthsAt, gainsAt, depth, firstVariance, biasVariance, positiveAt)
      return trajectory
    }
  }
  if (activation === 'relu') {
    const norm = new Float64Array(depth)
    const views: Partial<Record<SingleFieldName, Float64Array>> = {
      norm,
      positiveNorm: positive,
      negativeNorm: negative,
      positiveCount: count,
    }
    const trajectory = new Map(fields.map((field) => [fieldKey(field), views[field.name as SingleFieldName]!]))
    const wantsNorm = fields.some((field) => field.name === 'norm')
    return () => {
      kernels.reluTrajectory(widthsAt, gainsAt, depth, firstVariance, biasVariance, positiveAt, negativeAt, countAt)
      if (wantsNorm)
        for (let l = 0; l < depth; l++) norm[l] = Math.sqrt(positive[l]! * positive[l]! + negative[l]! * negative[l]!)
      return trajectory
    }
  }
  throw new DomainError(
    "the collective level knows the activations 'linear' and 'relu', whose order parameters close; take level 'preactivations'",
  )
}
