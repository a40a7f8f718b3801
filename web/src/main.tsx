import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { ApiProvider } from './api/client';
import { App } from './App';
import { LanguageProvider } from './i18n';
import { watchTravel } from './state/travel';
import './styles/base.css';
import './styles/layout.css';
import './styles/print.css';

watchTravel();

createRoot(document.getElementById('app')!).render(
  <StrictMode>
    <LanguageProvider>
      <ApiProvider>
        <App />
      </ApiProvider>
    </LanguageProvider>
  </StrictMode>,
);
