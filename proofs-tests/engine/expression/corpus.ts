/** The numbered formulas of arXiv 1710.06570 as a scan has them: what the reader is measured by. */
export const corpus: ReadonlyMap<number, string> = new Map([
  [1, String.raw`H(\{z^l\}) = -\frac{J}{2} \sum_l z^l z^{l+1}`],
  [2, String.raw`Q = \sum_{z^0 \in \{-1,1\}} \cdots \sum_{z^L \in \{-1,1\}} e^{-\beta H}.`],
  [3, String.raw`\beta H = \frac{1}{2} \int dx [mu^2(x) + vu^4(x) + K(\nabla u(x))^2].`],
  [4, String.raw`f(x) = \phi^{L+1}(W^L \phi^L(\dots \phi^0(W^0 x + b^0) \dots) + b^L).`],
  [5, String.raw`\mathcal{L}_D(f) = \sum_{i \in \mathcal{M}} \ell(f(x_i), t_i).`],
  [
    6,
    String.raw`\mathcal{L}(f) = \frac{J_D}{2} \mathcal{L}_D(f) + \sum_{l=0}^L \left(\frac{N_l}{2\sigma_w^2} W_{\alpha\beta}^l W_{\alpha\beta}^l + \frac{1}{2\sigma_b^2} b_\alpha^l b_\alpha^l \right).`,
  ],
  [7, String.raw`\langle \mathcal{L} \rangle = \int df P(f) \mathcal{L}(f).`],
  [8, String.raw`Q = \int [dW][db] e^{-\mathcal{L}}.`],
  [
    9,
    String.raw`Q = \int [dz] \exp \left[-\frac{J_D}{2} \sum_{i \in \mathcal{M}} \ell(\phi^{L+1}(z_i^L), t_i) - \frac{1}{2} \sum_{l=0}^L ((z_{\alpha}^l)^T (\Sigma^l)^{-1} z_{\alpha}^l + \ln |\Sigma^l|) \right].`,
  ],
  [
    10,
    String.raw`Q = \int [dz] \exp \left[-\frac{1}{2} \left\{ J_D \ell(\phi^{L+1}(z^L), t) + \frac{z_\alpha^0 z_\alpha^0}{\sigma_w^2 N_0^{-1} x_\beta x_\beta + \sigma_b^2} + \sum_{l=1}^L \frac{z_\alpha^l z_\alpha^l}{\sigma_w^2 N_l^{-1} \phi^l(z_\beta^{l-1}) \phi^l(z_\beta^{l-1}) + \sigma_b^2} + \sum_{l=1}^L N_l \log(\sigma_w^2 N_l^{-1} \phi^l(z_\alpha^l) \phi^l(z_\alpha^l) + \sigma_b^2) \right\} \right].`,
  ],
  [
    11,
    String.raw`\mathcal{L}(\{z^l\}) = \frac{1}{2} \sum_{l=0}^L \left\{ \frac{z_\alpha^l z_\alpha^l}{\sigma_w^2 N_l^{-1} \phi(z_\beta^{l-1}) \phi(z_\beta^{l-1}) + \sigma_b^2} + N \log(\sigma_w^2 N^{-1} \phi(z_\beta^l) \phi(z_\beta^l) + \sigma_b^2) \right\}`,
  ],
  [
    12,
    String.raw`\mathcal{L}(\{r^l\}) = \frac{1}{2} \sum_{l=0}^L \left\{ \frac{(r^l)^2}{\sigma_w^2 N^{-1} (r^{l-1})^2 + \sigma_b^2} - N \log \left(\frac{(r^l)^2}{\sigma_w^2 N^{-1} (r^l)^2 + \sigma_b^2} \right) \right\}.`,
  ],
  [13, String.raw`r^* = \sqrt{\frac{N\sigma_b^2}{\Delta_w}},`],
  [
    14,
    String.raw`U(\{\epsilon^l\}) = \frac{\Delta_w}{\sigma_b^2} \sum_{l=0}^L [(1 + \sigma_w^4)(\epsilon^l)^2 - 2\sigma_w^2 \epsilon^l \epsilon^{l-1}].`,
  ],
  [
    15,
    String.raw`U(\{\epsilon_q\}) = \frac{L\Delta_w}{\sigma_b^2} \sum_q \{(1 + \sigma_w^4) - 2\sigma_w^2 \cos q\} |\epsilon_q|^2.`,
  ],
  [
    16,
    String.raw`U[\epsilon(x)] = \frac{\Delta_w}{\sigma_b^2} \int dx \left[\Delta_w^2 (\epsilon(x))^2 + \sigma_w^2 \left(\frac{\partial \epsilon(x)}{\partial x} \right)^2 \right].`,
  ],
  [
    17,
    String.raw`U(\{\epsilon_q\}) \approx \frac{L \Delta_w \sigma_w^2}{\sigma_b^2} \sum_q \left\{ \frac{\Delta_w^2}{\sigma_w^2} + q^2 \right\} |\epsilon_q|^2.`,
  ],
  [
    18,
    String.raw`\mathcal{L}(\{z^l\}) = \frac{1}{2} \sum_{l=0}^L \left\{ \frac{(z_+^l)^2 + (z_-^l)^2}{\sigma_w^2 N^{-1} (z_+^l)^2 + \sigma_b^2} + N \log(\sigma_w^2 N^{-1} (z_+^l)^2 + \sigma_b^2) \right\}.`,
  ],
  [
    19,
    String.raw`Q = 2 \left(\frac{\sqrt{\pi}}{2} \right)^N \prod_l \sum_{k_l=0}^N \binom{N}{k_l} \frac{1}{\Gamma\left(\frac{N-k_l}{2}\right) \Gamma\left(\frac{k_l}{2}\right)} \int dr_+^l dr_-^l (r_+^l)^{N-k_l-1} (r_-^l)^{k_l-1} \\ \times \exp \left[-\frac{1}{2} \sum_{l=0}^L \left(\frac{(r_+^l)^2 + (r_-^l)^2}{\sigma_w^2 N^{-1} (r_+^{l-1})^2 + \sigma_b^2} + N \log(\sigma_w^2 N^{-1} (r_+^l)^2 + \sigma_b^2) \right) \right].`,
  ],
  [20, String.raw`r_{+/-}^* = \sqrt{\frac{N\sigma_b^2}{2(1-\sigma_w^2/2)}}, \quad k^* = \frac{N}{2}.`],
  [
    21,
    String.raw`U = \frac{1}{2} \sum_{l=0}^L \left((1 + \sigma_w^4/2)(\tilde{\epsilon}_+^l)^2 + (\tilde{\epsilon}_-^l)^2 + 3(\tilde{\epsilon}_k^l)^2 + \tilde{\epsilon}_k^l(\tilde{\epsilon}_+^l - \tilde{\epsilon}_-^l) - \sigma_w^2 \tilde{\epsilon}_+^{l-1}(\tilde{\epsilon}_+^l + \tilde{\epsilon}_-^l) \right).`,
  ],
  [
    22,
    String.raw`\Sigma^{-1}(q) = \begin{pmatrix} 1 + \sigma_w^4/2 - \sigma_w^2 \cos q & -\frac{1}{2}\sigma_w^2 e^{-iq} & \frac{1}{2} \\ -\frac{1}{2}\sigma_w^2 e^{iq} & 1 & -\frac{1}{2} \\ \frac{1}{2} & -\frac{1}{2} & 3 \end{pmatrix}`,
  ],
  [
    23,
    String.raw`U = \frac{1}{2} \int dx \left[(1 - \sigma_w^2 + \sigma_w^4/2)(\epsilon_+(x))^2 + (\epsilon_-(x))^2 + 3(\epsilon_k(x))^2 + \sigma_w^2 \epsilon_+(x) \epsilon_-(x) \right. \\ \left. + \epsilon_k(x)(\epsilon_+(x) - \epsilon_-(x)) + \sigma_w^2 \left(\frac{\partial \epsilon_+(x)}{\partial x} \right)^2 + \sigma_w^2 \frac{\partial \epsilon_+(x)}{\partial x} \epsilon_-(x) \right].`,
  ],
  [
    24,
    String.raw`Q = \int [dW][db] \exp \left[-\frac{J_D}{2} \sum_{i \in \mathcal{M}} \ell(f(x_i), t_i) - \frac{1}{2} \sum_{l=0}^L \left(\frac{N_l}{\sigma_w^2} W_{\alpha\beta}^l W_{\alpha\beta}^l + \frac{1}{\sigma_b^2} b_\alpha^l b_\alpha^l \right) \right]`,
  ],
  [
    25,
    String.raw`Q = \int [d\Omega] \exp \left[- \sum_{i \in \mathcal{M}} \left\{ \frac{J_D}{2} \ell(\phi^{L+1}(z_i^L), t_i) + i\lambda_{\alpha;i}^0 (z_{\alpha;i}^0 - W_{\alpha\beta}^0 x_{\beta;i} - b_{\alpha;i}^0) \right. \right. \\ \left. \left. + \sum_{l=1}^L i\lambda_{\alpha;i}^l (z_{\alpha;i}^l - W_{\alpha\beta}^l \phi^l(z_{\beta;i}^{l-1}) - b_{\alpha}^l) \right\} - \sum_{l=0}^L \left(\frac{N_l}{2\sigma_w^2} W_{\alpha\beta}^l W_{\alpha\beta}^l + \frac{1}{2\sigma_b^2} b_{\alpha}^l b_{\alpha}^l \right) \right]`,
  ],
  [
    26,
    String.raw`Q = \int [dW][db] \exp \left[- \frac{J_D}{2} \sum_{i \in \mathcal{M}} \ell(\phi^L(\dots \phi^1(W^0 x_i + b^0) \dots), t_i) \right. \\ \left. - \sum_{l=0}^L \left(\frac{N_l}{2\sigma_w^2} W_{\alpha\beta}^l W_{\alpha\beta}^l + \frac{1}{2\sigma_b^2} b_{\alpha}^l b_{\alpha}^l \right) \right]`,
  ],
  [
    27,
    String.raw`= \int [dW][db] \left(\prod_{i \in \mathcal{M}} \exp \left[- \frac{J_D}{2} \sum_i \ell(\phi^L(\dots \phi^1(W^0 x_i + b^0) \dots), t_i) \right] \right) \\ \times \exp \left[- \sum_{l=0}^L \left(\frac{N_l}{2\sigma_w^2} W_{\alpha\beta}^l W_{\alpha\beta}^l + \frac{1}{2\sigma_b^2} b_{\alpha}^l b_{\alpha}^l \right) \right]`,
  ],
  [
    28,
    String.raw`= \int [dW][db] \left(\prod_{i \in \mathcal{M}} \int [dz_i^0] \exp \left[- \frac{J_D}{2} \sum_i \ell(\phi^L(\dots \phi^2(W^1 \phi^1(z_i^0) + b^1) \dots), t_i) \right] \right) \\ \times \delta(z_i^0 - W^0 x_i - b^0) \exp \left[- \sum_{l=0}^L \left(\frac{N_l}{2\sigma_w^2} W_{\alpha\beta}^l W_{\alpha\beta}^l + \frac{1}{2\sigma_b^2} b_{\alpha}^l b_{\alpha}^l \right) \right].`,
  ],
  [
    29,
    String.raw`Q = \int [dW][db] \left(\prod_{i \in \mathcal{M}} \prod_{l=0}^L \int [dz_i^l] \exp \left[- \frac{J_D}{2} \sum_i \ell(\phi^{L+1}(z_i^L), t_i) \right] \right) \\ \times \prod_{l=0}^L \delta(z_i^l - W^l \phi^l(z_i^{l-1}) + b^l) \exp \left[- \sum_{l=0}^L \left(\frac{N_l}{2\sigma_w^2} W_{\alpha\beta}^l W_{\alpha\beta}^l + \frac{1}{2\sigma_b^2} b_{\alpha}^l b_{\alpha}^l \right) \right]`,
  ],
  [
    30,
    String.raw`Q = \int [dW][db] \left(\prod_{i \in \mathcal{M}} \prod_{l=0}^L \int [dz_i^l] \exp \left[-\frac{J_D}{2} \sum_i \ell(\phi^{L+1}(z_i^L), t_i) \right] \right. \\ \left. \times \prod_{l=0}^L \delta(z_i^l - W^l \phi^l(z_i^{l-1}) + b^l) \right) \exp \left[-\sum_{l=0}^L \left(\frac{N_l}{2\sigma_w^2} W_{\alpha\beta}^l W_{\alpha\beta}^l + \frac{1}{2\sigma_b^2} b_\alpha^l b_\alpha^l \right) \right]`,
  ],
  [
    31,
    String.raw`= \int [dW][db] \left(\prod_{i \in \mathcal{M}} \int [dz_i] [d\lambda_i] \exp \left[-\frac{J_D}{2} \sum_i \ell(\phi^{L+1}(z_i^L), t_i) \right] \right. \\ \left. \times \prod_{l=1}^L \exp \left[-i\lambda_{\alpha;i}^l (z_{\alpha;i}^l - W_{\alpha\beta}^l \phi(z_{\beta;i}^{l-1}) - b_\alpha^l) \right] \right) \\ \times \exp \left[-\sum_{l=0}^L \left(\frac{N_l}{2\sigma_w^2} W_{\alpha\beta}^l W_{\alpha\beta}^l + \frac{1}{2\sigma_b^2} b_\alpha^l b_\alpha^l \right) \right]`,
  ],
  [
    32,
    String.raw`= \int [d\Omega] \exp \left[-\sum_{i \in \mathcal{M}} \left\{ \frac{J_D}{2} \ell(\phi^{L+1}(z_i^L), t_i) + i\lambda_{\alpha;i}^0 (z_{\alpha;i}^0 - W_{\alpha\beta}^0 x_{\beta;i} - b_{\alpha;i}^0) \right. \right. \\ \left. \left. + \sum_{l=1}^L i\lambda_{\alpha;i}^l (z_{\alpha;i}^l - W_{\alpha\beta}^l \phi^l(z_{\beta;i}^{l-1}) - b_\alpha^l) \right\} - \sum_{l=0}^L \left(\frac{N_l}{2\sigma_w^2} W_{\alpha\beta}^l W_{\alpha\beta}^l + \frac{1}{2\sigma_b^2} b_\alpha^l b_\alpha^l \right) \right]`,
  ],
  [
    33,
    String.raw`Q = \int [dz] \exp \left[-\frac{J_D}{2} \sum_{i \in \mathcal{M}} \ell(\phi^{L+1}(z_i^L), t_i) - \frac{1}{2} \sum_{l=0}^L \left((z_\alpha^l)^T (\Sigma^l)^{-1} z_\alpha^l + \ln |\Sigma^l| \right) \right]`,
  ],
  [
    34,
    String.raw`Q = \int [d\Omega] \exp \left[- \sum_{i \in \mathcal{M}} \left\{ \frac{J_D}{2} \ell(\phi^{L+1}(z_i^L), t_i) + \sum_{l=0}^L i \lambda_{\alpha; i}^l (z_{\alpha; i}^l - W_{\alpha\beta}^l \phi^l(z_{\beta; i}^{l-1}) - b_{\alpha}^l) \right\} - \sum_{l=0}^L \left(\frac{N_l}{2\sigma_w^2} W_{\alpha\beta}^l W_{\alpha\beta}^l + \frac{1}{2\sigma_b^2} b_{\alpha}^l b_{\alpha}^l \right) \right]`,
  ],
  [
    35,
    String.raw`= \int [d\Omega] \exp \left[- \frac{J_D}{2} \sum_{i \in \mathcal{M}} \ell(\phi^{L+1}(z_i^L), t_i) - \sum_{l=0}^L \sum_{i \in \mathcal{M}} i \lambda_{\alpha; i}^l z_{\alpha; i}^l - \sum_{l=0}^L \frac{N_l}{2\sigma_w^2} \left(W_{\alpha\beta}^l - \frac{i\sigma_w^2}{N_l} \sum_{i \in \mathcal{M}} \lambda_{\alpha; i}^l \phi^l(z_{\beta; i}^{l-1}) \right) \left(W_{\alpha\beta}^l - \frac{i\sigma_w^2}{N_l} \sum_{i \in \mathcal{M}} \lambda_{\alpha; i}^l \phi^l(z_{\beta; i}^{l-1}) \right) - \sum_{l=0}^L \frac{1}{2\sigma_b^2} \left(b_{\alpha}^l - i\sigma_b^2 \sum_{i \in \mathcal{M}} \lambda_{\alpha; i}^l \right) \left(b_{\alpha}^l - i\sigma_b^2 \sum_{i \in \mathcal{M}} \lambda_{\alpha; i}^l \right) - \sum_{l=0}^L \sum_{i, j \in \mathcal{M}} \lambda_{\alpha; i}^l \lambda_{\alpha; j}^l (\sigma_w^2 N_l^{-1} \phi^l(z_{\beta; i}^{l-1}) \phi^l(z_{\beta; j}^{l-1}) + \sigma_b^2) \right]`,
  ],
  [
    36,
    String.raw`= \int [dz][d\lambda] \exp \left[- \frac{J_D}{2} \sum_{i \in \mathcal{M}} \ell(\phi^{L+1}(z_i^L), t_i) - \sum_{l=0}^L \sum_{i \in \mathcal{M}} i \lambda_{\alpha; i}^l z_{\alpha; i}^l - \frac{1}{2} \sum_{l=0}^L \sum_{i, j \in \mathcal{M}} \lambda_{\alpha; i}^l \lambda_{\alpha; j}^l (\sigma_w^2 N_l^{-1} \phi^l(z_{\beta; i}^{l-1}) \phi^l(z_{\beta; j}^{l-1}) + \sigma_b^2) \right].`,
  ],
  [
    37,
    String.raw`Q = \int [dz][d\lambda] \exp \left[- \frac{J_D}{2} \sum_{i \in \mathcal{M}} \ell(\phi^{L+1}(z_i^L), t_i) - \sum_{l=0}^L \left\{ \frac{1}{2} (\boldsymbol{\lambda}_{\alpha}^l)^T \boldsymbol{\Sigma}^l \boldsymbol{\lambda}_{\alpha}^l - i (\boldsymbol{\lambda}_{\alpha}^l)^T \mathbf{z}_{\alpha}^l \right\} \right].`,
  ],
  [
    38,
    String.raw`Q = \int [dz] \exp \left[-\frac{J_D}{2} \sum_{i \in \mathcal{M}} \ell(\phi^{L+1}(z_i^L), t_i) - \frac{1}{2} \sum_{l=0}^L ((z_\alpha^l)^T (\Sigma^l)^{-1} z_\alpha^l + \ln |\Sigma^l|) \right]`,
  ],
  [
    39,
    String.raw`Q = \int [dz] \exp \left[-\frac{1}{2} \left\{ J_D \ell(\phi^{L+1}(z^L), t) + \frac{z_\alpha^0 z_\alpha^0}{\sigma_w^2 N_0^{-1} x_\beta x_\beta + \sigma_b^2} + \sum_{l=1}^L \frac{z_\alpha^l z_\alpha^l}{\sigma_w^2 N_l^{-1} \phi^l(z_\beta^{l-1}) \phi^l(z_\beta^{l-1}) + \sigma_b^2} + \sum_{l=1}^L N_l \log(\sigma_w^2 N_l^{-1} \phi^l(z_\alpha^l) \phi^l(z_\alpha^l) + \sigma_b^2) \right\} \right].`,
  ],
  [
    40,
    String.raw`Q = \int [dz] \exp \left[-\frac{1}{2} \sum_{l=0}^L \left\{ \frac{z_\alpha^l z_\alpha^l}{\sigma_w^2 N^{-1} z_\beta^{l-1} z_\beta^{l-1} + \sigma_b^2} + N \log(\sigma_w^2 N^{-1} z_\alpha^l z_\alpha^l + \sigma_b^2) \right\} \right].`,
  ],
  [
    41,
    String.raw`\mathcal{L}(\{r^l\}) = \frac{1}{2} \sum_{l=0}^L \left\{ \frac{(r^l)^2}{\sigma_w^2 N^{-1} (r^{l-1})^2 + \sigma_b^2} - N \log \left(\frac{(r^l)^2}{\sigma_w^2 N^{-1} (r^l)^2 + \sigma_b^2} \right) \right\}`,
  ],
  [
    42,
    String.raw`Q = \int [dz] \exp \left[-\frac{1}{2} \sum_{l=0}^L \left\{ \frac{z_\alpha^l z_\alpha^l}{\sigma_w^2 N^{-1} z_\beta^{l-1} z_\beta^{l-1} + \sigma_b^2} + N \log(\sigma_w^2 N^{-1} z_\alpha^l z_\alpha^l + \sigma_b^2) \right\} \right]`,
  ],
  [
    43,
    String.raw`= \prod_{l=0}^L \int [dz^l] \exp \left[-\frac{1}{2} \sum_{l=0}^L \left\{ \frac{z_\alpha^l z_\alpha^l}{\sigma_w^2 N^{-1} z_\beta^{l-1} z_\beta^{l-1} + \sigma_b^2} + N \log(\sigma_w^2 N^{-1} z_\alpha^l z_\alpha^l + \sigma_b^2) \right\} \right]`,
  ],
  [
    44,
    String.raw`= \prod_{l=0}^L \int dr^l d\Omega^l (r^l)^{N-1} \exp \left[-\frac{1}{2} \sum_{l=0}^L \left\{ \frac{(r^l)^2}{\sigma_w^2 N^{-1} (r^{l-1})^2 + \sigma_b^2} + N \log(\sigma_w^2 N^{-1} (r^l)^2 + \sigma_b^2) \right\} \right]`,
  ],
  [
    45,
    String.raw`\approx \int [dr] \exp \left[-\frac{1}{2} \sum_{l=0}^L \left\{ \frac{(r^l)^2}{\sigma_w^2 N^{-1} (r^{l-1})^2 + \sigma_b^2} - N \log \left(\frac{(r^l)^2}{\sigma_w^2 N^{-1} (r^l)^2 + \sigma_b^2} \right) \right\} \right].`,
  ],
  [46, String.raw`r^* = \sqrt{\frac{N\sigma_b^2}{\Delta_w}}`],
  [
    47,
    String.raw`\mathcal{L}(r^*) = \frac{L}{2} \left[\frac{(r^*)^2}{\sigma_w^2 N^{-1} (r^*)^2 + \sigma_b^2} - N \log \left(\frac{(r^*)^2}{\sigma_w^2 N^{-1} (r^*)^2 + \sigma_b^2} \right) \right].`,
  ],
  [48, String.raw`(r^*)^2 = \sigma_w^2 (r^*)^2 + N\sigma_b^2`],
  [
    49,
    String.raw`\mathcal{L}(\{r^* + \epsilon^l\}) = \mathcal{L}(r^*) + \frac{\Delta_w}{\sigma_b^2} \sum_{l=0}^L [(1 + \sigma_w^4)(\epsilon^l)^2 - 2\sigma_w^2 \epsilon^l \epsilon^{l-1}] + \mathcal{O}(\epsilon^4).`,
  ],
  [
    50,
    String.raw`\mathcal{L}(\{r^* + \epsilon^l\}) = \sum_{l=0}^L \left(\frac{1}{2} \frac{(r^l)^2}{\sigma_w^2 N^{-1} (r^{l-1})^2 + \sigma_b^2} - N \log r^l + \frac{N}{2} \log(\sigma_w^2 N^{-1} (r^l)^2 + \sigma_b^2) \right)`,
  ],
  [
    51,
    String.raw`= \sum_{l=0}^L \left\{ \frac{1}{2} \frac{(r^*)^2 + 2(r^*)\epsilon^l + (\epsilon^l)^2}{\sigma_w^2 N^{-1} (r^*)^2 + \sigma_b^2 + \sigma_w^2 N^{-1} \epsilon^{l-1} (2(r^*) + \epsilon^{l-1})} - N \log(r^*) \right. \\ \left. - N \log \left(1 + \frac{\epsilon^l}{(r^*)} \right) + \frac{N}{2} \log(\sigma_w^2 N^{-1} (r^*)^2 + \sigma_b^2) \right. \\ \left. + \frac{N}{2} \log \left(1 + \frac{\sigma_w^2 N^{-1} \epsilon^l (2(r^*) + \epsilon^l)}{\sigma_w^2 N^{-1} (r^*)^2 + \sigma_b^2} \right) \right\}`,
  ],
  [
    52,
    String.raw`= \mathcal{L}(r^*) + \sum_{l=0}^L \left\{ -\frac{\alpha}{D^2} (r^*)^3 \epsilon^{l-1} + \left(\frac{r^*}{D} - \frac{N}{r^*} + N \frac{\alpha}{D} r^* \right) \epsilon^l \right. \\ \left. + \frac{\alpha z^2}{2D^2} \left(\frac{4\alpha}{D} (r^*)^2 - 1 \right) (\epsilon^{l-1})^2 - 2 \frac{\alpha (r^*)^2}{D^2} \epsilon^l \epsilon^{l-1} \right. \\ \left. + \left(\frac{1}{2D} + \frac{N}{2(r^*)^2} + \frac{N\alpha}{2D} - \frac{N\alpha^2}{D^2} (r^*)^2 \right) (\epsilon^l)^2 \right\}.`,
  ],
  [
    53,
    String.raw`\mathcal{L}(\{r^* + \epsilon^l\}) - \mathcal{L}(r^*) = \sum_{l=0}^L \left\{ -\frac{\alpha N^2}{r^*} \epsilon^{l-1} + \frac{\alpha N^2}{r^*} \epsilon^l + \frac{\alpha N^2}{2(r^*)^2} (4N\alpha - 1) (\epsilon^{l-1})^2 \right. \\ \left. - 2 \frac{\alpha N^2}{(r^*)^2} \epsilon^l \epsilon^{l-1} + \left(\frac{N}{(r^*)^2} + \frac{N^2 \alpha}{2(r^*)^2} - \frac{N^3 \alpha^2}{(r^*)^2} \right) (\epsilon^l)^2 \right\}.`,
  ],
  [
    54,
    String.raw`\mathcal{L}(\{r^* + \epsilon^l\}) - \mathcal{L}(r^*) = \sum_{l=0}^L \left\{ \left(\frac{N}{(r^*)^2} + \frac{N^3 \alpha^2}{(r^*)^2} \right) (\epsilon^l)^2 - 2 \frac{\alpha N^2}{(r^*)^2} \epsilon^l \epsilon^{l-1} \right\}`,
  ],
  [
    55,
    String.raw`= \frac{\Delta_w}{\sigma_b^2} \sum_{l=0}^L [(1 + \sigma_w^4) (\epsilon^l)^2 - 2\sigma_w^2 \epsilon^l \epsilon^{l-1}]`,
  ],
  [56, String.raw`\epsilon^l = \sum_q \epsilon_q e^{-iq l}.`],
  [
    57,
    String.raw`\mathcal{L}(\{r^* + \epsilon_q\}) - \mathcal{L}(r^*) = \frac{L\Delta_w}{\sigma_b^2} \sum_q \{(1 + \sigma_w^4) - 2\sigma_w^2 \cos q\} |\epsilon_q|^2.`,
  ],
  [
    58,
    String.raw`\mathcal{L}(\{r^* + \epsilon^l\}) - \mathcal{L}(r^*) = \frac{\Delta_w}{\sigma_b^2} \sum_{l=0}^L ((1 + \sigma_w^4)(\epsilon^l)^2 - 2\sigma_w^2 \epsilon^l \epsilon^{l-1})`,
  ],
  [
    59,
    String.raw`= \frac{\Delta_w}{\sigma_b^2} \sum_{l=0}^L \sum_{qq'} \left((1 + \sigma_w^4) \epsilon_q \epsilon_{q'} e^{-i(q+q')l} - 2\sigma_w^2 \epsilon_q \epsilon_{q'} e^{-i(q+q')l} e^{iq} \right)`,
  ],
  [
    60,
    String.raw`= \frac{\Delta_w}{\sigma_b^2} \sum_{qq'} \left((1 + \sigma_w^4) \epsilon_q \epsilon_{q'} - 2\sigma_w^2 \epsilon_q \epsilon_{q'} e^{iq} \right) \sum_{l=0}^L e^{-i(q+q')l}`,
  ],
  [
    61,
    String.raw`= \frac{\Delta_w}{\sigma_b^2} \sum_{qq'} \left((1 + \sigma_w^4) \epsilon_q \epsilon_{q'} - 2\sigma_w^2 \epsilon_q \epsilon_{q'} e^{iq} \right) \delta_{q, -q'}`,
  ],
  [
    62,
    String.raw`= \frac{L\Delta_w}{\sigma_b^2} \sum_q \left((1 + \sigma_w^4) \epsilon_q \epsilon_{-q} - 2\sigma_w^2 \epsilon_q \epsilon_{-q} e^{iq} \right)`,
  ],
  [63, String.raw`\sum_l e^{-iq'l} = L\delta_{q,0}.`],
  [
    64,
    String.raw`\mathcal{L}(\{r^* + \epsilon^l\}) - \mathcal{L}(r^*) = \frac{L\Delta_w}{\sigma_b^2} \sum_q \left((1 + \sigma_w^4) \epsilon_q \epsilon_{-q} - 2\sigma_w^2 \epsilon_q \epsilon_{-q} e^{iq} \right)`,
  ],
  [
    65,
    String.raw`= \frac{L\Delta_w}{\sigma_b^2} \sum_q \left((1 + \sigma_w^4) - 2\sigma_w^2 e^{iq} \right) |\epsilon_q|^2`,
  ],
  [
    66,
    String.raw`= \frac{L\Delta_w}{\sigma_b^2} \sum_q \left((1 + \sigma_w^4) - 2\sigma_w^2 \cos q \right) |\epsilon_q|^2`,
  ],
  [
    67,
    String.raw`U[\epsilon(x)] = \frac{\Delta_w}{\sigma_b^2} \int dx \left[\Delta_w^2 (\epsilon(x))^2 + \sigma_w^2 \left(\frac{\partial \epsilon(x)}{\partial x} \right)^2 \right].`,
  ],
  [
    68,
    String.raw`U(\{\epsilon^l\}) = \frac{\Delta_w}{\sigma_b^2} \sum_{l=0}^L [(1 + \sigma_w^4)(\epsilon^l)^2 - 2\sigma_w^2 \epsilon^l \epsilon^{l-1}]`,
  ],
  [
    69,
    String.raw`= \frac{\Delta_w}{\sigma_b^2} \sum_{l=0}^L [(1 - 2\sigma_w^2 + \sigma_w^4)(\epsilon^l)^2 + \sigma_w^2(\epsilon^l - \epsilon^{l-1})^2]`,
  ],
  [
    70,
    String.raw`= \frac{\Delta_w}{\sigma_b^2} \sum_{l=0}^L [\Delta_w^2 (\epsilon^l)^2 + \sigma_w^2 (\epsilon^l - \epsilon^{l-1})^2].`,
  ],
  [71, String.raw`\frac{\epsilon^l - \epsilon^{l-1}}{1} \approx \frac{\partial \epsilon(l)}{\partial l}.`],
  [
    72,
    String.raw`U[\epsilon(x)] \approx \frac{\Delta_w}{\sigma_b^2} \int dx \left[\Delta_w^2 \epsilon^2(x) + \sigma_w^2 \left(\frac{\partial \epsilon}{\partial x} \right)^2 \right]`,
  ],
  [
    73,
    String.raw`Q = \int [dz] \exp \left[-\frac{1}{2} \sum_{l=0}^L \left(\frac{|z_+^l|^2 + |z_-^l|^2}{\sigma_w^2 N^{-1} |z_+^{l-1}|^2 + \sigma_b^2} + N \log(\sigma_w^2 N^{-1} |z_+^l|^2 + \sigma_b^2) \right) \right].`,
  ],
  [
    76,
    String.raw`Q = \frac{1}{2^N} \prod_l \sum_{k_l=0}^N \int [dz_+^l][dz_-^l] \binom{N}{k_l} \exp \left[-\frac{1}{2} \sum_{l=0}^L \left(\frac{|z_+^l|^2 + |z_-^l|^2}{\sigma_w^2 N^{-1} |z_+^{l-1}|^2 + \sigma_b^2} + N \log(\sigma_w^2 N^{-1} |z_+^l| + \sigma_b^2) \right) \right]`,
  ],
  [
    77,
    String.raw`= \frac{1}{2^N} \prod_l \sum_{k_l=0}^N \binom{N}{k_l} \int dr_+^l dr_-^l d\Omega_+ d\Omega_- (r_+^l)^{N-k_l-1} (r_-^l)^{k_l-1} \times \exp \left[-\frac{1}{2} \sum_{l=0}^L \left(\frac{|z_+^l|^2 + |z_-^l|^2}{\sigma_w^2 N^{-1} |z_+^{l-1}|^2 + \sigma_b^2} + N \log(\sigma_w^2 N^{-1} |z_+^l| + \sigma_b^2) \right) \right]`,
  ],
  [
    78,
    String.raw`= 2 \left(\frac{\sqrt{\pi}}{2} \right)^N \prod_l \sum_{k_l=0}^N \binom{N}{k_l} \frac{1}{\Gamma\left(\frac{N-k_l}{2}\right) \Gamma\left(\frac{k_l}{2}\right)} \int dr_+^l dr_-^l (r_+^l)^{N-k_l-1} (r_-^l)^{k_l-1} \times \exp \left[-\frac{1}{2} \sum_{l=0}^L \left(\frac{(r_+^l)^2 + (r_-^l)^2}{\sigma_w^2 N^{-1} (r_+^{l-1})^2 + \sigma_b^2} + N \log(\sigma_w^2 N^{-1} (r_+^l)^2 + \sigma_b^2) \right) \right]`,
  ],
  [
    79,
    String.raw`Q = \int [dk_l][dr_+^l][dr_-^l] \exp \left[-\frac{1}{2} \sum_{l=0}^L \left(\frac{(r_+^l)^2 + (r_-^l)^2}{\sigma_w^2 N^{-1} (r_+^{l-1})^2 + \sigma_b^2} + k_l(3 \log k_l - 2 \log r_-^l) + N \log(\sigma_w^2 N^{-1} (r_+^l)^2 + \sigma_b^2) + (N - k_l)(3 \log(N - k_l) - 2 \log r_+^l) \right) \right]`,
  ],
  [
    80,
    String.raw`Q \approx 2 \prod_l \int dk_l \frac{\Gamma(N+1)}{\Gamma(N-k_l+1)\Gamma(k_l+1)\Gamma\left(\frac{N-k_l}{2}\right)\Gamma\left(\frac{k_l}{2}\right)} \int dr_+^l dr_-^l (r_+^l)^{N-k_l-1} (r_-^l)^{k_l-1} \\ \times \exp \left[-\frac{1}{2} \sum_{l=0}^L \left(\frac{(r_+^l)^2 + (r_-^l)^2}{\sigma_w^2 N^{-1} (r_+^{l-1})^2 + \sigma_b^2} + N \log(\sigma_w^2 N^{-1} (r_+^l)^2 + \sigma_b^2) \right) \right]`,
  ],
  [
    81,
    String.raw`\approx \prod_l \int dk_l \frac{1}{\Gamma(N-k_l+1)\Gamma(k_l+1)\Gamma\left(\frac{N-k_l}{2}+1\right)\Gamma\left(\frac{k_l}{2}+1\right)} \int dr_+^l dr_-^l (r_+^l)^{N-k_l} (r_-^l)^{k_l} \\ \times \exp \left[-\frac{1}{2} \sum_{l=0}^L \left(\frac{(r_+^l)^2 + (r_-^l)^2}{\sigma_w^2 N^{-1} (r_+^{l-1})^2 + \sigma_b^2} + N \log(\sigma_w^2 N^{-1} (r_+^l)^2 + \sigma_b^2) \right) \right]`,
  ],
  [
    82,
    String.raw`\approx \int [dk_l][dr_+^l][dr_-^l] \left(\frac{2^{1/3}e}{N-k_l} \right)^{\frac{3}{2}(N-k_l)} \left(\frac{2^{1/3}e}{k_l} \right)^{\frac{3}{2}k_l} \exp \left[-\frac{1}{2} \sum_{l=0}^L \left(\frac{(r_+^l)^2 + (r_-^l)^2}{\sigma_w^2 N^{-1} (r_+^{l-1})^2 + \sigma_b^2} \right. \right. \\ \left. \left. + N \log(\sigma_w^2 N^{-1} (r_+^l)^2 + \sigma_b^2) - 2(N-k_l) \log r_+^l - 2k_l \log r_-^l \right) \right]`,
  ],
  [
    83,
    String.raw`= \int [dk_l][dr_+^l][dr_-^l] \exp \left[-\frac{1}{2} \sum_{l=0}^L \left(\frac{(r_+^l)^2 + (r_-^l)^2}{\sigma_w^2 N^{-1} (r_+^{l-1})^2 + \sigma_b^2} + N \log(\sigma_w^2 N^{-1} (r_+^l)^2 + \sigma_b^2) \right. \right. \\ \left. \left. + (N-k_l)(3 \log(N-k_l) - 2 \log r_+^l) + k_l(3 \log k_l - 2 \log r_-^l) \right) \right].`,
  ],
  [84, String.raw`r_{+/-} = \sqrt{\frac{N\sigma_b^2}{2(1-\sigma_w^2/2)}} \quad k = \frac{N}{2}.`],
  [
    85,
    String.raw`\mathcal{L} = \frac{1}{2} \sum_{l=0}^L \left(\frac{(r_+^l)^2 + (r_-^l)^2}{\sigma_w^2 N^{-1} (r_+^{l-1})^2 + \sigma_b^2} + N \log(\sigma_w^2 N^{-1} (r_+^l)^2 + \sigma_b^2) \right. \\ \left. + (N - k_l)(3 \log(N - k_l) - 2 \log r_+^l) + k_l(3 \log k_l - 2 \log r_-^l) \right).`,
  ],
  [
    86,
    String.raw`\frac{\partial H}{\partial r_+} = \frac{(1 + \sigma_w^2)r_+}{\sigma_w^2 N^{-1} r_+^2 + \sigma_b^2} - \frac{r_+^2 + r_-^2}{(\sigma_w^2 N^{-1} r_+^2 + \sigma_b^2)^2} \sigma_w^2 N^{-1} r_+ - \frac{N - k_l}{r_+^l} = 0`,
  ],
  [
    87,
    String.raw`\frac{\partial H}{\partial r_-} = \frac{r_-}{\sigma_w^2 N^{-1} r_+^2 + \sigma_b^2} - \frac{k}{r_-} = 0`,
  ],
  [
    88,
    String.raw`\frac{\partial H}{\partial k} = \log r_+ - \log r_- - \frac{3}{2} \log(N - k) + \frac{3}{2} \log k = 0`,
  ],
  [
    89,
    String.raw`U = \mathcal{L}(\{r_+ + \epsilon_+^l\}, \{r_- + \epsilon_-^l\}, \{k + \epsilon_k^l\}) - \mathcal{L}(r_+, r_-, k),`,
  ],
  [
    90,
    String.raw`U = -\frac{1}{2} \sum_{l=0}^L \left((1 + \sigma_w^4/2)(\tilde{\epsilon}_+^l)^2 + (\tilde{\epsilon}_-^l)^2 + 3(\tilde{\epsilon}_k^l)^2 + \tilde{\epsilon}_k^l(\tilde{\epsilon}_+^l - \tilde{\epsilon}_-^l) - \sigma_w^2 \tilde{\epsilon}_+^{l-1}(\tilde{\epsilon}_+^l + \tilde{\epsilon}_-^l) \right)`,
  ],
  [
    91,
    String.raw`\sigma_w^2 N^{-1} r^2 + \sigma_b^2 = \frac{1}{2} \frac{\sigma_w^2 \sigma_b^2 + 2(1 - \sigma_w^2/2)\sigma_b^2}{1 - \sigma_w^2/2} = \frac{\sigma_b^2}{1 - \sigma_w^2/2} = \eta`,
  ],
  [
    96,
    String.raw`U = -\frac{1}{2} \sum_q \begin{pmatrix} \epsilon_+^{-q} & \epsilon_-^{-q} & \epsilon_k^{-q} \end{pmatrix} \begin{pmatrix} 1 + \sigma_w^4/2 - \sigma_w^2 \cos q & -\frac{1}{2} \sigma_w^2 e^{-iq} & \frac{1}{2} \\ -\frac{1}{2} \sigma_w^2 e^{iq} & 1 & -\frac{1}{2} \\ \frac{1}{2} & -\frac{1}{2} & 3 \end{pmatrix} \begin{pmatrix} \epsilon_+^q \\ \epsilon_-^q \\ \epsilon_k^q \end{pmatrix}`,
  ],
  [
    97,
    String.raw`\Sigma^{-1}(q) = \begin{pmatrix} 1 + \sigma_w^4/2 - \sigma_w^2 \cos q & -\frac{1}{2} \sigma_w^2 e^{-iq} & \frac{1}{2} \\ -\frac{1}{2} \sigma_w^2 e^{iq} & 1 & -\frac{1}{2} \\ \frac{1}{2} & -\frac{1}{2} & 3 \end{pmatrix}.`,
  ],
  [
    98,
    String.raw`\epsilon_+^l = \sum_q e^{-iq} \epsilon_+^q \quad \epsilon_-^l = \sum_q e^{-iq} \epsilon_-^q \quad \epsilon_k^l = \sum_q e^{-iq} \epsilon_k^q`,
  ],
  [
    99,
    String.raw`Q = \int [d\epsilon_k^q][d\epsilon_+^q][d\epsilon_-^q] \exp \left[-\frac{1}{2} \sum_{l=0}^L \sum_{q,q'} \left((1 + \sigma_w^4/2) \epsilon_+^q \epsilon_+^{q'} + \epsilon_-^q \epsilon_-^{q'} + 3\epsilon_k^q \epsilon_k^{q'} \right. \right. \\ \left. \left. + \epsilon_k^q (\epsilon_+^{q'} - \epsilon_-^{q'}) - \sigma_w^2 \epsilon_+^q (\epsilon_+^{q'} + \epsilon_-^{q'}) e^{-iq} \right) e^{i(q+q')l} \right]`,
  ],
  [
    100,
    String.raw`= \int [d\epsilon_k^q][d\epsilon_+^q][d\epsilon_-^q] \exp \left[-\frac{1}{2} \sum_q \left((1 + \sigma_w^4/2 - \sigma_w^2 \cos q) |\epsilon_+^q|^2 + |\epsilon_-^q|^2 + 3|\epsilon_k^q|^2 \right. \right. \\ \left. \left. + \frac{1}{2} (\epsilon_k^q (\epsilon_+^q)^* - \epsilon_k^q (\epsilon_-^q)^* - \sigma_w^2 \epsilon_+^q (\epsilon_-^q)^* e^{-iq} + \text{h.c.}) \right) \right]`,
  ],
  [
    101,
    String.raw`Q = \int [d\epsilon_k^q][d\epsilon_+^q][d\epsilon_-^q] \exp \left[-\frac{1}{2} \sum_q \begin{pmatrix} \epsilon_+^{-q} & \epsilon_-^{-q} & \epsilon_k^{-q} \end{pmatrix} \Sigma^{-1}(q) \begin{pmatrix} \epsilon_+^q \\ \epsilon_-^q \\ \epsilon_k^q \end{pmatrix} \right]`,
  ],
  [
    102,
    String.raw`\Sigma^{-1}(q) = \begin{pmatrix} 1 + \sigma_w^4/2 - \sigma_w^2 \cos q & -\frac{1}{2} \sigma_w^2 e^{-iq} & \frac{1}{2} \\ -\frac{1}{2} \sigma_w^2 e^{iq} & 1 & -\frac{1}{2} \\ \frac{1}{2} & -\frac{1}{2} & 3 \end{pmatrix}.`,
  ],
  [
    103,
    String.raw`U = \frac{1}{2} \int dx \left[(1 - \sigma_w^2 + \sigma_w^4/2)(\epsilon_+(x))^2 + (\epsilon_-(x))^2 + 3(\epsilon_k(x))^2 + \epsilon_k(x)(\epsilon_+(x) - \epsilon_-(x)) \right. \\ \left. + \sigma_w^2 \epsilon_+(x)\epsilon_-(x) + \sigma_w^2 \left(\frac{\partial \epsilon_+(x)}{\partial x} \right)^2 + \sigma_w^2 \frac{\partial \epsilon_+(x)}{\partial x} \epsilon_-(x) \right].`,
  ],
  [
    104,
    String.raw`U = -\frac{1}{2} \sum_{l=0}^L \left((1 + \sigma_w^4/2)(\tilde{\epsilon}_+^l)^2 + (\tilde{\epsilon}_-^l)^2 + 3(\tilde{\epsilon}_k^l)^2 + \tilde{\epsilon}_k^l(\tilde{\epsilon}_+^l - \tilde{\epsilon}_-^l) - \sigma_w^2 \tilde{\epsilon}_+^{l-1}(\tilde{\epsilon}_+^l + \tilde{\epsilon}_-^l) \right)`,
  ],
  [
    105,
    String.raw`= -\frac{1}{2} \sum_{l=0}^L \left((1 - \sigma_w^2 + \sigma_w^4/2)(\tilde{\epsilon}_+^l)^2 + (\tilde{\epsilon}_-^l)^2 + 3(\tilde{\epsilon}_k^l)^2 + \sigma_w^2 \tilde{\epsilon}_+^l \tilde{\epsilon}_-^l + \tilde{\epsilon}_k^l(\tilde{\epsilon}_+^l - \tilde{\epsilon}_-^l) \right. \\ \left. + \frac{1}{2} \sigma_w^2 (\tilde{\epsilon}_+^l - \tilde{\epsilon}_+^{l-1})^2 + \sigma_w^2 (\tilde{\epsilon}_+^l - \tilde{\epsilon}_+^{l-1}) \tilde{\epsilon}_-^l \right).`,
  ],
  [
    106,
    String.raw`U = \frac{1}{2} \int dx \left[(1 - \sigma_w^2 + \sigma_w^4/2)(\epsilon_+(x))^2 + (\epsilon_-(x))^2 + 3(\epsilon_k(x))^2 + \epsilon_k(x)(\epsilon_+(x) - \epsilon_-(x)) \right. \\ \left. + \sigma_w^2 \epsilon_+(x)\epsilon_-(x) + \sigma_w^2 \left(\frac{\partial \epsilon_+(x)}{\partial x} \right)^2 + \sigma_w^2 \frac{\partial \epsilon_+(x)}{\partial x} \epsilon_-(x) \right].`,
  ],
])
